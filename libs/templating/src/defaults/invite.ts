import type { MessageTemplate } from './message-template.js';
import { signOff } from './sign-off.js';

/** Day 4: would this creator take part? By SMS the answer is YES, elsewhere the link. */
export const invite: MessageTemplate = {
  subject: '{{client.name}} would like to work with you',
  text: `Hi {{creator.name}},

we are preparing "{{campaign.name}}" for {{client.name}}, and we think it fits what you make.
{{#if campaign.summary}}

{{campaign.summary}}
{{/if}}

Interested? Tell us here, it takes a minute and binds you to nothing:
{{link}}
{{#if campaign.closesAt}}

You can answer until {{date campaign.closesAt}}.
{{/if}}

${signOff}`,
  html: `{{#> layout title="We would like to work with you"}}
<p style="margin:0 0 16px">Hi {{creator.name}},</p>
<p style="margin:0 0 16px">we are preparing <strong>{{campaign.name}}</strong> for {{client.name}}, and we think it fits what you make.</p>
{{#if campaign.summary}}{{paragraphs campaign.summary}}{{/if}}
<p style="margin:0 0 16px">Interested? Telling us takes a minute and binds you to nothing.</p>
{{> button label="I'm interested" to=link}}
{{#if campaign.closesAt}}<p style="margin:0">You can answer until {{date campaign.closesAt}}.</p>{{/if}}
{{> contact}}
{{/layout}}`,
  short: 'Hi {{creator.name}}, {{client.name}} would like to work with you on "{{campaign.name}}". Interested? Reply YES or see {{link}} ({{workspace.name}}. STOP to opt out)',
};
