import type { PartialSource } from '../engine/partial-set.js';

/** One thing to press: `{{> button label="Read and sign" to=link}}`. The address is repeated for readers without HTML. */
export const button: PartialSource = {
  html: `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:28px 0 12px"><tr><td style="border-radius:8px;background:#1f3a5f">
<a href="{{url to}}" style="display:inline-block;padding:14px 28px;font-size:16px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:8px">{{label}}</a>
</td></tr></table>
<p style="margin:0 0 24px;font-size:13px;line-height:20px;color:#6b7280;word-break:break-all">{{to}}</p>`,
  text: '{{label}}:\n{{to}}',
};
