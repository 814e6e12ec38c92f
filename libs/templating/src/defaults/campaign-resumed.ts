import type { MessageTemplate } from './message-template.js';
import { signOff } from './sign-off.js';

/** After a pause: it goes on, and these are the new dates. */
export const campaignResumed: MessageTemplate = {
  subject: '{{campaign.name}} goes on',
  text: `Hi {{creator.name}},

"{{campaign.name}}" was paused and now goes on.
{{#if campaign.closesAt}}
It closes on {{date campaign.closesAt}}.
{{/if}}{{#if agreement.expiresAt}}
You can sign your agreement until {{date agreement.expiresAt}}.
{{/if}}{{#if link}}
{{link}}
{{/if}}

${signOff}`,
  html: `{{#> layout title="The campaign goes on"}}
<p style="margin:0 0 16px">Hi {{creator.name}},</p>
<p style="margin:0 0 16px"><strong>{{campaign.name}}</strong> was paused and now goes on.{{#if campaign.closesAt}} It closes on {{date campaign.closesAt}}.{{/if}}</p>
{{#if agreement.expiresAt}}<p style="margin:0 0 16px">You can sign your agreement until <strong>{{date agreement.expiresAt}}</strong>.</p>{{/if}}
{{#if link}}{{> button label="Open" to=link}}{{/if}}
{{> contact}}
{{/layout}}`,
  short: '{{creator.name}}, "{{campaign.name}}" goes on.{{#if agreement.expiresAt}} Sign your agreement until {{date agreement.expiresAt}}.{{/if}}{{#if link}} {{link}}{{/if}} ({{workspace.name}})',
};
