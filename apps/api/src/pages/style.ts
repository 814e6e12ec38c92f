import { createHash } from 'node:crypto';

/** The look of the pages for creators: one sheet, nothing from elsewhere, readable on a small phone. */
export const style = `
:root{color-scheme:light;--ink:#1f2937;--soft:#4b5563;--line:#d1d5db;--navy:#1f3a5f;--coral:#b4472b;--bg:#f3f4f6;--ok:#166534;--bad:#b91c1c}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:17px/1.6 -apple-system,"Segoe UI",Roboto,"Open Sans",Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
main{max-width:720px;margin:0 auto;padding:20px 16px 48px}
.of{margin:8px 0 12px;font-size:14px;font-weight:600;color:var(--navy)}
.card{background:#fff;border-radius:12px;border-top:4px solid #e07a5f;padding:24px 20px;margin-bottom:16px;box-shadow:0 1px 2px rgb(0 0 0/.06)}
.card.plain{border-top:0}
h1{margin:0 0 4px;font-size:26px;line-height:1.25;color:#111827}
h2{margin:0 0 12px;font-size:19px;color:#111827}
h3{margin:20px 0 6px;font-size:17px}
p{margin:0 0 12px}
.sub{margin:0 0 16px;color:var(--soft)}
.note{border-left:4px solid var(--navy);background:#eef2f8;padding:12px 14px;border-radius:0 8px 8px 0;margin:0 0 16px}
.note.ok{border-color:var(--ok);background:#ecfdf3}
.note.bad{border-color:var(--bad);background:#fef2f2}
.note :last-child{margin-bottom:0}
dl{display:grid;grid-template-columns:minmax(96px,max-content) 1fr;gap:6px 16px;margin:0 0 16px}
dt{color:var(--soft)}
dd{margin:0}
iframe{display:block;width:100%;margin:0 0 8px;height:68vh;min-height:380px;border:1px solid var(--line);border-radius:8px;background:#fff}
label,legend{display:block;font-weight:600;margin:16px 0 4px;padding:0}
fieldset{border:0;margin:20px 0 0;padding:0}
p.hint{margin:8px 0 0}
.hint{display:block;font-size:15px;font-weight:400;color:var(--soft)}
input,select,textarea{width:100%;font:inherit;color:inherit;padding:12px;border:1px solid #6b7280;border-radius:8px;background:#fff}
textarea{min-height:96px}
.tick{display:grid;grid-template-columns:28px 1fr;gap:10px;align-items:start;font-weight:400}
.tick input{width:24px;height:24px;margin:2px 0 0}
.error{display:block;color:var(--bad);font-weight:600;font-size:15px;margin-top:4px}
[aria-invalid=true]{border:2px solid var(--bad)}
button{display:block;width:100%;min-height:52px;margin-top:20px;padding:12px 20px;font:inherit;font-weight:700;color:#fff;background:var(--navy);border:0;border-radius:10px;cursor:pointer}
button.small{width:auto;min-height:44px;margin-top:8px;padding:8px 20px}
a.go{font-weight:600;display:inline-block;padding:8px 0}
.said{border:1px solid var(--line);border-radius:12px;padding:12px 14px;margin:0 0 12px;background:#fff}
.said.me{background:#eef2f8;margin-left:32px}
.said.team{margin-right:32px}
.said p:last-child{margin-bottom:0}
.said .hint{margin-bottom:4px}
button.quiet{color:var(--coral);background:#fff;border:2px solid var(--coral)}
a{color:var(--navy)}
:focus-visible{outline:3px solid #e07a5f;outline-offset:2px}
ul.plain{list-style:none;margin:0;padding:0}
ul.plain li{padding:12px 0;border-bottom:1px solid var(--line)}
ul.plain li:first-child{padding-top:0}
ul.plain li:last-child{border:0;padding-bottom:0}
.card>:last-child,.card>form>:last-child{margin-bottom:0}
.optional{font-weight:400;color:var(--soft)}
.metric{text-transform:capitalize}
.card form+h3,.card form+form{margin-top:32px;padding-top:20px;border-top:1px solid var(--line)}
input[type=file]{padding:10px}
details{margin-top:20px;border-top:1px solid var(--line);padding-top:12px}
summary{cursor:pointer;color:var(--coral);font-weight:600;padding:8px 0}
table{width:100%;border-collapse:collapse;margin:0 0 16px}
th,td{text-align:left;padding:6px 8px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}
footer{font-size:14px;color:var(--soft)}
@media (prefers-reduced-motion:no-preference){button{transition:filter .15s}button:hover{filter:brightness(1.1)}}
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** Only our own sheet, our own forms and our own frozen text; nobody may frame the page. */
export const pagePolicy =
  `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** The same with our own script, which calls nobody but us. */
export const scriptedPagePolicy = `${pagePolicy}; script-src 'self'; connect-src 'self'; worker-src 'self'`;
