/** Markup that is safe to send. Made by the tag below, which escapes whatever is put in. */
export class Html {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

type Piece = Html | string | number | null | undefined | false | readonly Piece[];

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in markup and in quoted attributes. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}

/** Markup with values: everything that is not markup itself is escaped. Nothing, null and false leave no trace. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(strings.reduce((text, part, index) => text + (index === 0 ? '' : show(pieces[index - 1])) + part, ''));
}

function show(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return '';
  if (piece instanceof Html) return piece.text;
  if (Array.isArray(piece)) return piece.map(show).join('');
  return escape(String(piece));
}

/** A text of several paragraphs. */
export function paragraphs(text: string): Html[] {
  return text.split(/\n{2,}/).filter((each) => each.trim() !== '').map((each) => html`<p dir="auto">${each.split('\n').map((line, index) => (index === 0 ? line : html`<br>${line}`))}</p>`);
}
