/** More parts than any program writes; parsing them only keeps the worker busy. */
const mostParts = 2_000;
const dashes = Buffer.from('\n--');

/** The parser's own bounds: levels of parts in parts, and bytes of all headers together. */
export const parserBounds = { maxNestingDepth: 50, maxHeadersSize: 1 << 20, maxRfc822NestingDepth: 5 } as const;

/** How much of a mail's words is kept beside its source, in characters. */
export const longestText = 1_000_000;

/** Why a source should not even be parsed; undefined when it may. */
export function tooMuch(source: Uint8Array): string | undefined {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  let parts = 0;
  for (let at = bytes.indexOf(dashes); at !== -1; at = bytes.indexOf(dashes, at + dashes.length)) {
    parts += 1;
    if (parts > mostParts) return 'too_many_parts';
  }
  return undefined;
}
