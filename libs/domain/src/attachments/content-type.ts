const unknownType = 'application/octet-stream';
const plainType = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,60}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}$/;

/** Types a browser may show on our pages: pixels only, nothing that can carry a program. */
const shown = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp']);

/** Types a browser could run or that lead elsewhere. They are kept as bytes of no type. */
const active = /^(text\/(html|xml|xsl|javascript|ecmascript|vbscript|x-.*script|cache-manifest)|image\/svg.*|application\/(xhtml.*|xml.*|.*\+xml|javascript|ecmascript|x-javascript|x-shockwave-flash|hta|x-msdownload|java-archive)|multipart\/.*|message\/.*)$/;

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

/** What the first bytes say, for the types that have such a mark; undefined when they say nothing. */
function sniff(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return 'image/gif';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'image/webp';
  if (ascii(bytes, 0, 5) === '%PDF-') return 'application/pdf';
  if (ascii(bytes, 4, 8) !== 'ftyp') return undefined;
  const brand = ascii(bytes, 8, 12).trim();
  if (/^(heic|heix|mif1|msf1)$/.test(brand)) return 'image/heic';
  if (brand === 'qt') return 'video/quicktime';
  return /^(M4A|M4B)$/.test(brand) ? 'audio/mp4' : brand.startsWith('3g') ? 'video/3gpp' : 'video/mp4';
}

/**
 * The type a file is kept and handed out under. What its bytes show counts more than what its sender says; what a
 * browser would run, and a picture or PDF that is none, is bytes of no type.
 * @param declared a Content-Type header, parameters and all; or nothing
 */
export function contentTypeOf(declared: string | undefined, bytes: Uint8Array): string {
  const said = declared?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const seen = sniff(bytes);
  if (seen !== undefined) {
    // One container, many names: audio and video share it, and the sender knows better which of both it is.
    const family = seen.startsWith('video/') && /^(video|audio)\/[\w.+-]{1,40}$/.test(said);
    return family ? said : seen;
  }
  if (!plainType.test(said) || active.test(said)) return unknownType;
  return shown.has(said) || said === 'application/pdf' ? unknownType : said;
}

/** Whether a browser may show it by itself. Everything else is only ever saved. */
export const isShownInline = (contentType: string): boolean => shown.has(contentType);
