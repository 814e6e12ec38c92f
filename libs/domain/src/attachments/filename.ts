const longest = 120;

/** Endings of the types that arrive without a name. */
const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg', 'image/png': 'png', 'image/gif': 'gif', 'image/webp': 'webp', 'image/heic': 'heic', 'application/pdf': 'pdf',
  'video/mp4': 'mp4', 'video/3gpp': '3gp', 'video/quicktime': 'mov', 'audio/mp4': 'm4a', 'audio/mpeg': 'mp3', 'audio/amr': 'amr', 'audio/ogg': 'ogg',
  'text/plain': 'txt', 'text/vcard': 'vcf', 'text/x-vcard': 'vcf', 'text/calendar': 'ics', 'text/csv': 'csv',
};

/**
 * A name that is safe to show and to save under: no folders, no control characters, nothing that turns the reading
 * direction around to hide an ending.
 * @param contentType gives the ending where there is no name
 */
export function safeFilename(name: string | null | undefined, contentType: string): string {
  const last = (name ?? '').normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  if (clean === '') return `attachment.${endings[contentType] ?? 'bin'}`;
  return shorten(clean);
}

/** Cuts a long name in its middle: the ending says what it is. */
function shorten(name: string): string {
  const letters = [...name];
  if (letters.length <= longest) return name;
  const ending = /\.[^.\s]{1,10}$/.exec(name)?.[0] ?? '';
  return letters.slice(0, longest - [...ending].length).join('') + ending;
}

/** The header for a download under this name, for old and new readers of it (RFC 6266). */
export function contentDisposition(kind: 'inline' | 'attachment', filename: string): string {
  const plain = filename.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(filename).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
