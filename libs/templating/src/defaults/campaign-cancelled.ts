import type { MessageTemplate } from './message-template.js';
import { signOff } from './sign-off.js';

/** The campaign will not take place; told once. */
export const campaignCancelled: MessageTemplate = {
  subject: '{{campaign.name}} was cancelled',
  text: `Hi {{creator.name}},

"{{campaign.name}}" by {{client.name}} was cancelled and will not take place. An agreement you have for it no longer counts, and there is nothing you need to do.

Thank you for your interest. We hope to see you in another campaign.

${signOff}`,
  html: `{{#> layout title="The campaign was cancelled"}}
<p style="margin:0 0 16px">Hi {{creator.name}},</p>
<p style="margin:0 0 16px"><strong>{{campaign.name}}</strong> by {{client.name}} was cancelled and will not take place. An agreement you have for it no longer counts, and there is nothing you need to do.</p>
<p style="margin:0">Thank you for your interest. We hope to see you in another campaign.</p>
{{> contact}}
{{/layout}}`,
  short: '{{creator.name}}, "{{campaign.name}}" was cancelled and will not take place. There is nothing you need to do. ({{workspace.name}})',
};
