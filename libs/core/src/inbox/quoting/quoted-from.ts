import { linesOf, type Line } from './lines.js';
import { forwarded, from, original, others, perhaps, rule, surely } from './words.js';

/** Nobody quotes more; looking through a bomb would hold up everybody else. In characters. */
const longest = 250_000;

/**
 * Where the tail of a mail begins that only repeats what it answers, so that it can be shown folded. Careful rather than
 * thorough: an answer between or below the quoted lines is no tail, neither is a forwarded mail, and a mail of nothing
 * but a quotation keeps it. The text itself is never changed.
 * @returns an offset in `text`, or null when there is nothing to fold
 */
export function quotedFrom(text: string): number | null {
  if (text.length > longest) return null;
  const lines = linesOf(text);
  const end = firstForward(lines);
  const starts = [markedTail(lines), outlookTail(lines), unmarkedTail(lines)].filter((start) => start !== undefined && start < end);
  if (starts.length === 0) return null;
  const start = Math.min(...starts.map((each) => each ?? 0));
  if (lines.slice(0, start).every(({ blank }) => blank)) return null;
  return lines[start]?.at ?? null;
}

function firstForward(lines: readonly Line[]): number {
  const found = lines.findIndex(({ plain }) => forwarded.test(plain));
  return found === -1 ? Infinity : found;
}

/** The last run of `>` lines, with the "… wrote:" above it, if nothing but a signature follows. */
function markedTail(lines: readonly Line[]): number | undefined {
  const end = withoutSignature(lines);
  let start: number | undefined;
  for (let at = end - 1; at >= 0; at -= 1) {
    const line = lines[at];
    if (line?.quoted) start = at;
    else if (!line?.blank) break;
  }
  return start === undefined ? undefined : aboveQuotation(lines, start);
}

/** A signature below the quotation answers nothing. */
function withoutSignature(lines: readonly Line[]): number {
  const mark = lines.findLastIndex(({ plain }) => plain === '--');
  return mark !== -1 && lines.length - mark <= 12 ? mark : lines.length;
}

function aboveQuotation(lines: readonly Line[], start: number): number {
  let last = start - 1;
  while (last >= 0 && start - last <= 3 && lines[last]?.blank) last -= 1;
  // The fewest lines that say it surely: one more might be the end of the answer.
  for (let first = last; first >= Math.max(0, last - 3) && !lines[first]?.blank; first -= 1) {
    if (surely.test(joined(lines, first, last))) return first;
  }
  return perhaps.test(joined(lines, last, last)) ? last : start;
}

/** Outlook: a block of headers, or a line that says so, and the old mail below it without any mark. */
function outlookTail(lines: readonly Line[]): number | undefined {
  const found = lines.findIndex((line, at) => original.test(line.plain) || isHeaderBlock(lines, at));
  if (found === -1) return undefined;
  let start = found;
  for (let at = found - 1; at >= 0 && found - at <= 3; at -= 1) {
    const line = lines[at];
    if (line && (rule.test(line.plain) || original.test(line.plain))) start = at;
    else if (!line?.blank) break;
  }
  return start;
}

function isHeaderBlock(lines: readonly Line[], at: number): boolean {
  if (!from.test(lines[at]?.plain ?? '')) return false;
  const below = lines.slice(at + 1, at + 9);
  return others.filter((one) => below.some(({ plain }) => one.test(plain))).length >= 2;
}

/** Yahoo and some others: "… wrote:" and the old mail below it without any mark. Where marks follow, they decide. */
function unmarkedTail(lines: readonly Line[]): number | undefined {
  for (let first = 0; first < lines.length; first += 1) {
    for (let last = first; last < Math.min(first + 4, lines.length); last += 1) {
      if (lines[last]?.blank || lines[last]?.quoted) break;
      if (!surely.test(joined(lines, first, last))) continue;
      const below = lines.slice(last + 1);
      return below.some(({ quoted }) => quoted) || below.every(({ blank }) => blank) ? undefined : first;
    }
  }
  return undefined;
}

const joined = (lines: readonly Line[], first: number, last: number): string =>
  lines.slice(first, last + 1).map(({ plain }) => plain).join(' ').slice(0, 600);
