import iconv from 'iconv-lite';

/** Labels that say nothing about the bytes. */
const meaningless = new Set(['us-ascii', 'ascii', 'ansi_x3.4-1968', 'unknown-8bit', 'x-unknown', 'unknown', '8bit', 'binary', 'default', 'none']);
const contentType = /^content-type:[ \t]*text\/[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gim;
const parameter = /;?\s*charset\s*=\s*(?:"([^"]*)"|([^;\s"]+))/gi;

/** How to read the text of a mail: its source with labels a decoder knows, and what is left to do afterwards. */
export interface Charsets {
  source: Uint8Array;
  /** Turns text that was read under a stand-in label into what it is. */
  decode: (text: string) => string;
}

const asIs = (text: string): string => text;

/**
 * Mail programs name charsets no decoder knows, the wrong one, or none. What the parser knows stays; for the rest: UTF-8
 * when the bytes are, Windows-1252 else; and what iconv knows (UTF-7, DOS code pages) is decoded by it.
 */
export function withKnownCharsets(source: Uint8Array): Charsets {
  const text = Buffer.from(source).toString('latin1');
  const declared = declaredIn(text);
  const [only] = declared;
  if (only === undefined || declared.size > 1 || (isKnown(only) && !meaningless.has(only))) return { source, decode: asIs };
  if (!meaningless.has(only) && iconv.encodingExists(only)) {
    return { source: relabelled(text, 'windows-1252'), decode: (said) => iconv.decode(bytesOf(said), only) };
  }
  return { source: relabelled(text, looksUtf8(text) ? 'utf-8' : 'windows-1252'), decode: asIs };
}

/** For text that came out with holes, being said to be, or taken for, UTF-8: the same source as Windows-1252; undefined when that is not it. */
export function asWindows1252(source: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(source).toString('latin1');
  const declared = declaredIn(text);
  return [...declared].every((each) => each === 'utf-8' || each === 'utf8') ? relabelled(text, 'windows-1252') : undefined;
}

function declaredIn(text: string): Set<string> {
  const found = new Set<string>();
  for (const [header] of text.matchAll(contentType)) {
    for (const [, quoted, plain] of header.matchAll(parameter)) found.add((quoted ?? plain ?? '').trim().toLowerCase());
  }
  return found;
}

function relabelled(text: string, charset: string): Uint8Array {
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const own = /^content-type:/im.test(text.slice(0, end)) ? '' : `Content-Type: text/plain; charset=${charset}\r\n`;
  const rest = text.replaceAll(contentType, (header) => `${header.replaceAll(parameter, '')}; charset=${charset}`);
  return Buffer.from(own + rest, 'latin1');
}

/** Whether all bytes beyond ASCII, written as they are or as quoted-printable, make UTF-8. */
function looksUtf8(text: string): boolean {
  const bytes = Buffer.from(text.replaceAll(/=\r?\n/g, '').replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1');
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function isKnown(charset: string): boolean {
  try {
    return new TextDecoder(charset).encoding !== '';
  } catch {
    return false;
  }
}

/** Windows-1252 as decoders read it is one character for each of the 256 bytes, so it can be taken back. */
const characters = [...new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_each, byte) => byte))];
const byteOf = new Map(characters.map((character, byte) => [character, byte]));
const bytesOf = (text: string): Buffer => Buffer.from([...text].map((character) => byteOf.get(character) ?? 0x3f));
