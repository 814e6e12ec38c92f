import type { MessageTemplate } from './message-template.js';
import { signOff } from './sign-off.js';

/** The figures that are still missing. */
export const resultsReminder: MessageTemplate = {
  subject: 'Still missing: your results for {{campaign.name}}',
  text: `Hi {{creator.name}},

for "{{campaign.name}}" we are still missing:
{{#each figures}}
- {{metric}} on {{platform}}{{#if how}} ({{how}}){{/if}}
{{/each}}

It takes a few minutes here:
{{link}}

${signOff}`,
  html: `{{#> layout title="A few figures are missing"}}
<p style="margin:0 0 16px">Hi {{creator.name}},</p>
<p style="margin:0 0 16px">for <strong>{{campaign.name}}</strong> we are still missing:</p>
{{#each figures}}<p style="margin:0 0 12px;padding-left:14px;border-left:3px solid #e07a5f"><strong>{{metric}}</strong> on {{platform}}{{#if how}}<br><span style="color:#4b5563">{{how}}</span>{{/if}}</p>
{{/each}}
{{> button label="Enter results" to=link}}
{{> contact}}
{{/layout}}`,
  short: '{{creator.name}}, some results for "{{campaign.name}}" are still missing: {{link}} ({{workspace.name}})',
};
