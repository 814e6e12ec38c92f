import type { MessageTemplate } from './message-template.js';
import { signOff } from './sign-off.js';

/** After YES or the link: their interest has arrived. */
export const inviteInterestReceived: MessageTemplate = {
  subject: 'Thank you for your interest in {{campaign.name}}',
  text: `Hi {{creator.name}},

thank you, your interest in "{{campaign.name}}" has reached us. We choose together with {{client.name}} and will write to you either way.

You can see or complete what you sent here:
{{link}}

${signOff}`,
  html: `{{#> layout title="Thank you for your interest"}}
<p style="margin:0 0 16px">Hi {{creator.name}},</p>
<p style="margin:0 0 16px">your interest in <strong>{{campaign.name}}</strong> has reached us. We choose together with {{client.name}} and will write to you either way.</p>
{{> button label="See what you sent" to=link}}
{{> contact}}
{{/layout}}`,
  short: 'Thank you, {{creator.name}}: your interest in "{{campaign.name}}" has reached us. We will write to you either way. {{link}} ({{workspace.name}})',
};
