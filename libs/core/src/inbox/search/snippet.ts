const before = 40;
const length = 160;

/** The surroundings of the first word that is found, on one line, with … where something was left out. */
export function snippet(text: string, words: readonly string[]): string {
  const line = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  const places = words.map((word) => line.search(anyCase(word))).filter((place) => place >= 0);
  const start = wholeFrom(line, Math.max(0, Math.min(...(places.length === 0 ? [0] : places)) - before));
  const cut = [...line.slice(start)].slice(0, length).join('');
  return `${start > 0 ? '…' : ''}${cut}${start + cut.length < line.length ? '…' : ''}`;
}

/** Asked of the line itself: in lower case some letters are longer (İ), and every place after them is another. */
const anyCase = (word: string): RegExp => new RegExp(word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');

/** Not the second half of a character. */
const wholeFrom = (line: string, start: number): number => (/[\uDC00-\uDFFF]/.test(line.charAt(start)) ? start + 1 : start);
