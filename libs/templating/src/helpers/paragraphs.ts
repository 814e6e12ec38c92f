import Handlebars from 'handlebars';
import { frameOf } from '../engine/frame.js';

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

/** `{{paragraphs body}}`: a typed text as HTML paragraphs with its links clickable; unchanged where there is no HTML. */
export function paragraphs(value: unknown, options: Handlebars.HelperOptions): string | Handlebars.SafeString {
  if (value === undefined || value === null) return '';
  const text = String(value);
  const { target, budget } = frameOf(options);
  budget.spend(0, text.length);
  if (target !== 'html') return text;
  const blocks = text.trim().split(/\n\s*\n/).map((block) => `<p style="margin:0 0 16px">${block.split('\n').map(linked).join('<br>')}</p>`);
  return new Handlebars.SafeString(blocks.join('\n'));
}

/** Escapes a line, and makes anchors of the addresses in it. */
function linked(line: string): string {
  let html = '';
  let from = 0;
  for (const match of line.matchAll(LINK)) {
    const address = Handlebars.escapeExpression(match[0]);
    html += `${Handlebars.escapeExpression(line.slice(from, match.index))}<a href="${address}">${address}</a>`;
    from = match.index + match[0].length;
  }
  return html + Handlebars.escapeExpression(line.slice(from));
}
