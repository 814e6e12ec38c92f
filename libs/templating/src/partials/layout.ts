import type { PartialSource } from '../engine/partial-set.js';

/** The one frame of all mails: `{{#> layout title="…"}}…{{/layout}}`. Tables and inline styles, because mail programs know little else. */
export const layout: PartialSource = {
  html: `<!doctype html>
<html lang="{{#if locale}}{{locale}}{{else}}en{{/if}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light"><title>{{title}}</title></head>
<body style="margin:0;padding:0;background:#f3f4f6">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f3f4f6"><tr><td align="center" style="padding:32px 12px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;table-layout:fixed;font-family:-apple-system,'Segoe UI',Roboto,'Open Sans',Helvetica,Arial,sans-serif">
<tr><td style="padding:0 8px 16px;font-size:14px;font-weight:600;letter-spacing:.02em;color:#1f3a5f">{{workspace.name}}</td></tr>
<tr><td style="background:#ffffff;border-radius:12px;border-top:4px solid #e07a5f;padding:36px 32px;font-size:16px;line-height:26px;color:#1f2937;overflow-wrap:anywhere;word-break:break-word">
<h1 style="margin:0 0 20px;font-size:24px;line-height:32px;font-weight:700;color:#111827">{{title}}</h1>
{{> @partial-block}}
</td></tr>
<tr><td style="padding:20px 8px;font-size:12px;line-height:18px;color:#6b7280">
Sent by {{workspace.name}}.{{#if unsubscribeUrl}} <a href="{{url unsubscribeUrl}}" style="color:#6b7280">Unsubscribe</a>{{/if}}</td></tr>
</table></td></tr></table></body></html>
`,
  text: '{{title}}\n\n{{> @partial-block}}',
};
