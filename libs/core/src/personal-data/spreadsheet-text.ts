/**
 * Text as it may stand in a cell. Spreadsheets read a leading = + - @ as a formula, also after a tab or line break and
 * when a copy is saved as CSV, so such text gets an apostrophe in front. Control characters go: XML has no place for them.
 */
export function cellText(text: string): string {
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
  return /^[\s\u0000-\u001f]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(clean) ? `'${clean}` : clean;
}
