import type { MessageTemplate } from './message-template.js';
import { signOff } from './sign-off.js';

/** A day before the end of the signing window. */
export const agreementReminder: MessageTemplate = {
  subject: 'Your agreement for {{campaign.name}} is still open',
  text: `Hi {{creator.name}},

your agreement for "{{campaign.name}}" is still open. It expires on {{date agreement.expiresAt}}.

Read it and sign or decline here:
{{link}}

${signOff}`,
  html: `{{#> layout title="Your agreement is still open"}}
<p style="margin:0 0 16px">Hi {{creator.name}},</p>
<p style="margin:0 0 16px">your agreement for <strong>{{campaign.name}}</strong> is waiting for your answer. It expires on <strong>{{date agreement.expiresAt}}</strong>.</p>
{{> button label="Read and sign" to=link}}
{{> contact}}
{{/layout}}`,
  short: '{{creator.name}}, your agreement for "{{campaign.name}}" expires on {{date agreement.expiresAt}}. Sign or decline: {{link}} ({{workspace.name}})',
};
