import type { MessageTemplate } from './message-template.js';
import { signOff } from './sign-off.js';

/** The start: this creator is in. */
export const congratulations: MessageTemplate = {
  subject: 'Congratulations: {{campaign.name}} starts, and you are in',
  text: `Hi {{creator.name}},

congratulations! "{{campaign.name}}" with {{client.name}} has started, and you are one of the creators.

Everything you need is here: what to do next, where to send things, and a chat with us:
{{link}}

We look forward to what you make.

${signOff}`,
  html: `{{#> layout title="Congratulations, you are in!"}}
<p style="margin:0 0 16px">Hi {{creator.name}},</p>
<p style="margin:0 0 16px"><strong>{{campaign.name}}</strong> with {{client.name}} has started, and you are one of the creators. Everything you need is in one place: what to do next, where to send things, and a chat with us.</p>
{{> button label="Open your collaboration" to=link}}
<p style="margin:0">We look forward to what you make.</p>
{{> contact}}
{{/layout}}`,
  short: 'Congratulations {{creator.name}}, you are in! "{{campaign.name}}" has started. What to do next: {{link}} ({{workspace.name}})',
};
