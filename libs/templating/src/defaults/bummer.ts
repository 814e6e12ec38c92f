import type { MessageTemplate } from './message-template.js';
import { signOff } from './sign-off.js';

/** The start, without this creator. Says nothing of why: the reasons differ and none of them is for a message to all. */
export const bummer: MessageTemplate = {
  subject: 'About your application for {{campaign.name}}',
  text: `Hi {{creator.name}},

thank you for your interest in "{{campaign.name}}". The group is complete now, and this time you are not part of it. We know that is a bummer.

You stay on our list, and we would be glad to see you in another campaign.

${signOff}`,
  html: `{{#> layout title="Not this time"}}
<p style="margin:0 0 16px">Hi {{creator.name}},</p>
<p style="margin:0 0 16px">thank you for your interest in <strong>{{campaign.name}}</strong>. The group is complete now, and this time you are not part of it. We know that is a bummer.</p>
<p style="margin:0">You stay on our list, and we would be glad to see you in another campaign.</p>
{{> contact}}
{{/layout}}`,
  short: 'Hi {{creator.name}}, the group for "{{campaign.name}}" is complete and this time you are not part of it. Thank you, and hopefully another time! ({{workspace.name}})',
};
