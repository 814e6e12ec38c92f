import type { GraphState } from './state.js';

/** A page that shows what was published, newest first. */
export function page(state: GraphState): string {
  const posts = [...state.media.values()].toReversed().map(
    (media) => `<article><img src="${escape(media.imageUrl)}" alt=""><p><b>${escape(media.product)}</b>
      <time>${escape(media.timestamp)}</time></p><p>${escape(media.caption)}</p></article>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Fake Instagram</title>
<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="5">
<style>body{font:16px system-ui;margin:2rem auto;max-width:60rem}main{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr))}
article{border:1px solid #ccc;border-radius:.5rem;padding:.75rem}img{width:100%;border-radius:.25rem;background:#eee;min-height:4rem}</style>
<h1>Fake Instagram</h1><main>${posts.join('') || '<p>Nothing has been published yet.</p>'}</main></html>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
