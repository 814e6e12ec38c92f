import type { MessageTemplate } from './message-template.js';
import { signOff } from './sign-off.js';

/** The team took an open agreement back. */
export const agreementWithdrawn: MessageTemplate = {
  subject: 'Your agreement for {{campaign.name}} was withdrawn',
  text: `Hi {{creator.name}},

we have withdrawn the agreement for "{{campaign.name}}" that we sent you; it can no longer be signed. There is nothing you need to do. If a new one follows, we will write to you.

${signOff}`,
  html: `{{#> layout title="Your agreement was withdrawn"}}
<p style="margin:0 0 16px">Hi {{creator.name}},</p>
<p style="margin:0">we have withdrawn the agreement for <strong>{{campaign.name}}</strong> that we sent you; it can no longer be signed. There is nothing you need to do. If a new one follows, we will write to you.</p>
{{> contact}}
{{/layout}}`,
  short: '{{creator.name}}, we have withdrawn the agreement for "{{campaign.name}}"; it can no longer be signed. There is nothing you need to do. ({{workspace.name}})',
};
