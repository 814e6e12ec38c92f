/** Text as Postgres can keep it: no NUL, no halves of characters. What people and providers send may hold either. */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}

/** JSON for a `?::json` parameter, every string in it cleaned. */
export function cleanJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (typeof each === 'string' ? cleanText(each) : each));
}
