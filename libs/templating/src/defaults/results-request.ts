import type { MessageTemplate } from './message-template.js';
import { signOff } from './sign-off.js';

/** Which figures only the creator can give, why they are needed and where to find them. */
export const resultsRequest: MessageTemplate = {
  subject: 'Your results for {{campaign.name}}',
  text: `Hi {{creator.name}},

please send us the results of your posts for "{{campaign.name}}". What we could find ourselves is filled in; these figures only you can see:
{{#each figures}}

- {{metric}} on {{platform}}{{#if dueOn}}, by {{date dueOn style="day"}}{{/if}}
{{#if why}}  Why: {{why}}
{{/if}}{{#if how}}  How to find it: {{how}}
{{/if}}{{/each}}

Enter them here, with the address of the post and a screenshot:
{{link}}

${signOff}`,
  html: `{{#> layout title="Your results"}}
<p style="margin:0 0 16px">Hi {{creator.name}},</p>
<p style="margin:0 0 16px">please send us the results of your posts for <strong>{{campaign.name}}</strong>. What we could find ourselves is filled in; these figures only you can see:</p>
{{#each figures}}<p style="margin:0 0 12px;padding-left:14px;border-left:3px solid #e07a5f"><strong>{{metric}}</strong> on {{platform}}{{#if dueOn}}, by {{date dueOn style="day"}}{{/if}}
{{#if why}}<br><span style="color:#4b5563">{{why}}</span>{{/if}}{{#if how}}<br><span style="color:#4b5563">How to find it: {{how}}</span>{{/if}}</p>
{{/each}}
{{> button label="Enter results" to=link}}
{{> contact}}
{{/layout}}`,
  short: '{{creator.name}}, please send the results of your posts for "{{campaign.name}}": {{link}} ({{workspace.name}})',
};
