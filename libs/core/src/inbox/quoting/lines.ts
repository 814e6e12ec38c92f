/** A line of a mail's text. */
export interface Line {
  /** Its offset in the text. */
  at: number;
  /** As it is compared: one kind of space, no marks of direction, no asterisks of what was bold. */
  plain: string;
  blank: boolean;
  /** Begins with `>`. */
  quoted: boolean;
}

// eslint-disable-next-line no-control-regex
const marks = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]/g;
/** Longer lines are no headers and no "… wrote:"; cutting them keeps every pattern quick. */
const longest = 500;

/** The lines of a text, with their offsets. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let at = 0; at <= text.length; ) {
    const end = text.indexOf('\n', at);
    const raw = text.slice(at, end === -1 ? text.length : end);
    const plain = raw.slice(0, longest).replace(marks, '').replace(/[\s\u00a0\u202f]+/g, ' ').replace(/\*/g, '').trim();
    lines.push({ at, plain, blank: raw.length <= longest && plain === '', quoted: plain.startsWith('>') });
    if (end === -1) break;
    at = end + 1;
  }
  return lines;
}
