/**
 * The agreement's default text: one printable A4 document without scripts, images or anything from elsewhere, because
 * these very bytes are hashed, signed and kept. The deadline is not part of it: a pause may move that.
 */
export const agreementSource = `<!doctype html>
<html lang="{{#if locale}}{{locale}}{{else}}en{{/if}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Collaboration agreement: {{campaign.name}}</title>
<style>
@page{size:A4;margin:22mm 20mm 24mm}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:#1f2937;font:15px/1.6 "Open Sans",-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
main{max-width:760px;margin:0 auto;padding:40px 24px}
header{border-top:5px solid #e07a5f;padding-top:22px;margin-bottom:30px}
.of{margin:0;font-size:12px;font-weight:600;letter-spacing:.12em;text-transform:uppercase;color:#1f3a5f}
h1{margin:6px 0 2px;font-size:30px;line-height:1.2;color:#111827}
.campaign{margin:0;font-size:17px;color:#4b5563}
h2{margin:28px 0 8px;font-size:14px;letter-spacing:.06em;text-transform:uppercase;color:#1f3a5f;break-after:avoid}
p{margin:0 0 10px}
.cards{display:flex;flex-wrap:wrap;gap:14px}
.card{margin:0;flex:1 1 200px;border:1px solid #d1d5db;border-radius:10px;padding:14px 16px;break-inside:avoid}
.card dt{font-size:12px;color:#4b5563}
.card dd{margin:0;font-size:17px;font-weight:600;color:#111827}
.card dd.small{font-size:14px;font-weight:400;color:#4b5563}
.key{background:#f4f6f9;border-color:#c3cedd}
ol{margin:0;padding-left:22px}
li{margin-bottom:6px;break-inside:avoid}
footer{margin-top:34px;padding-top:14px;border-top:1px solid #d1d5db;font-size:12px;line-height:1.5;color:#6b7280;break-inside:avoid}
@media print{main{padding:0;max-width:none}}
</style></head>
<body><main>
<header><p class="of">{{workspace.name}}</p><h1>Collaboration agreement</h1><p class="campaign">{{campaign.name}} · {{client.name}}</p></header>

<h2>Parties</h2>
<div class="cards">
<dl class="card"><dt>The creator</dt><dd dir="auto">{{creator.name}}</dd>{{#if creator.handle}}<dd class="small">{{creator.handle}}</dd>{{/if}}</dl>
<dl class="card"><dt>The client</dt><dd dir="auto">{{client.name}}</dd>{{#if workspace.representsClient}}<dd class="small">represented by {{workspace.name}}</dd>{{/if}}</dl>
</div>

<h2>The campaign</h2>
<p>The creator takes part in <strong>{{campaign.name}}</strong>{{#if campaign.startsOn}}{{#if campaign.endsOn}}, which runs from {{date campaign.startsOn}} to {{date campaign.endsOn}}{{/if}}{{/if}}.</p>

<h2>Fee and payment</h2>
<div class="cards">
<dl class="card key"><dt>Fee</dt><dd>{{money terms.feeMinor terms.currency}}</dd></dl>
<dl class="card key"><dt>Paid on</dt><dd>{{date terms.payDate}}</dd></dl>
</div>

<h2>What the creator delivers</h2>
<ol>{{#each terms.deliverables}}<li dir="auto">{{this}}</li>{{/each}}</ol>

<h2>How it may be used</h2>
{{paragraphs terms.usageRights}}

<h2>Good to know</h2>
<p>Advertising is marked as such in every post, as the law of the creator's country asks for. Until the collaboration starts the creator may step back at any time, and the client may start without those who have not signed.</p>
{{#if contact}}<p>Contact: {{contact.name}}{{#if contact.phone}}, {{contact.phone}}{{/if}}{{#if contact.chatUrl}}, {{contact.chatUrl}}{{/if}}.</p>{{/if}}

<footer>{{#if agreement.id}}Agreement {{agreement.id}}. {{/if}}Prepared on {{date agreement.preparedAt}}. It is signed electronically on the creator's personal page with their typed name and a tick; the time, the IP address and the SHA-256 of this document are recorded with the signature.</footer>
</main></body></html>
`;
