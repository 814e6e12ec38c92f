import type { MessageTemplate } from './message-template.js';

/** Once a day to those who asked for it: the campaigns published since the last one and still open. */
export const newsletter: MessageTemplate = {
  subject: 'New campaigns at {{workspace.name}}',
  text: `Hi {{creator.name}},

these campaigns are new and open:
{{#each campaigns}}

{{name}}, by {{clientName}}
{{#if summary}}{{summary}}
{{/if}}{{#if closesAt}}Open until {{date closesAt}}
{{/if}}{{link}}
{{/each}}

You get this because you asked for news of {{workspace.name}}.
{{#if unsubscribeUrl}}Unsubscribe: {{unsubscribeUrl}}
{{/if}}`,
  html: `{{#> layout title="New campaigns for you"}}
<p style="margin:0 0 24px">Hi {{creator.name}}, these campaigns are new and open.</p>
{{#each campaigns}}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 16px;border:1px solid #e5e7eb;border-radius:10px"><tr><td style="padding:20px">
<p style="margin:0;font-size:13px;letter-spacing:.02em;color:#6b7280">{{clientName}}</p>
<p style="margin:2px 0 8px;font-size:18px;line-height:26px;font-weight:700;color:#111827">{{name}}</p>
{{#if summary}}<p style="margin:0 0 8px">{{summary}}</p>{{/if}}
{{#if closesAt}}<p style="margin:0 0 8px;font-size:14px;color:#4b5563">Open until {{date closesAt}}</p>{{/if}}
<a href="{{url link}}" style="font-weight:600;color:#1f3a5f">See the campaign and apply</a>
</td></tr></table>
{{/each}}
<p style="margin:24px 0 0;font-size:14px;color:#4b5563">You get this because you asked for news of {{workspace.name}}.</p>
{{/layout}}`,
  short: 'New campaigns at {{workspace.name}}: {{#each campaigns}}{{name}} {{link}} {{/each}}',
};
