import type { MessageTemplate } from './message-template.js';
import { signOff } from './sign-off.js';

/** Day 5: selected, and here is the agreement. */
export const agreementSent: MessageTemplate = {
  subject: 'Your agreement for {{campaign.name}}',
  text: `Hi {{creator.name}},

good news: you were selected for "{{campaign.name}}" by {{client.name}}. Your agreement is ready, with the fee, the pay date, what you deliver and how it may be used.

Read it and sign or decline here, on any phone and without an account:
{{link}}

Please answer by {{date agreement.expiresAt}}. After that the agreement expires.

${signOff}`,
  html: `{{#> layout title="You were selected"}}
<p style="margin:0 0 16px">Hi {{creator.name}},</p>
<p style="margin:0 0 16px">you were selected for <strong>{{campaign.name}}</strong> by {{client.name}}. Your agreement is ready, with the fee, the pay date, what you deliver and how it may be used.</p>
{{> button label="Read and sign" to=link}}
<p style="margin:0">Please answer by <strong>{{date agreement.expiresAt}}</strong>. After that the agreement expires. You can sign on any phone, without an account.</p>
{{> contact}}
{{/layout}}`,
  short: 'Hi {{creator.name}}, you were selected for "{{campaign.name}}". Read and sign your agreement by {{date agreement.expiresAt}}: {{link}} ({{workspace.name}})',
};
