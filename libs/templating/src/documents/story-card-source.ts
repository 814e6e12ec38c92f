/** 1080 × 1920, with the top and bottom 250 pixels left to Instagram's own buttons. */
export const storyCardSource = `<!doctype html>
<html lang="{{#if locale}}{{locale}}{{else}}en{{/if}}"><head><meta charset="utf-8"><title>{{campaign.name}}</title>
<style>
*{box-sizing:border-box;margin:0}
body{width:1080px;height:1920px;overflow:hidden;color:#fff;font-family:"Open Sans","Segoe UI",Roboto,Helvetica,Arial,sans-serif;
background:radial-gradient(1100px 900px at 85% 12%,#e07a5f 0,transparent 70%),radial-gradient(1200px 1000px at 0 100%,#3d6b8f 0,transparent 70%),#1f3a5f}
main{height:100%;padding:270px 90px 290px;display:flex;flex-direction:column;justify-content:space-between}
.pill{display:inline-block;padding:16px 34px;border-radius:60px;background:rgba(255,255,255,.16);font-size:36px;font-weight:600}
h1{margin-top:56px;padding-bottom:.15em;font-size:104px;line-height:1.1;font-weight:700;display:-webkit-box;-webkit-line-clamp:5;-webkit-box-orient:vertical;overflow:hidden;overflow-wrap:anywhere}
.client{margin-top:40px;font-size:52px;opacity:.9}
.facts{font-size:40px;line-height:1.5;opacity:.92}
.apply{margin-top:44px;padding:38px;border-radius:32px;background:#fff;color:#1f3a5f;font-size:48px;font-weight:700;text-align:center}
</style></head>
<body><main>
<div><span class="pill">Creators wanted</span><h1 dir="auto">{{campaign.name}}</h1><p class="client" dir="auto">with {{client.name}}</p></div>
<div><div class="facts">{{#if campaign.closesAt}}<p>Apply until {{date campaign.closesAt style="day"}}</p>{{/if}}{{#if hashtags}}<p>{{#each hashtags}}{{this}} {{/each}}</p>{{/if}}</div>
<p class="apply">Apply at {{workspace.name}}</p></div>
</main></body></html>
`;
