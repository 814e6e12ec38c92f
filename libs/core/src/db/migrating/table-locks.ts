/** What others point at comes last: whoever writes a row locks its own table first, and those it points at when it commits. */
const pointedAt = ['delivery', 'message', 'thread', 'application', 'invite', 'campaign', 'member', 'creator', 'client', 'workspace'];

/**
 * Takes every existing table that a migration needs at its beginning, in the order in which everybody else takes them. One after the other
 * in the middle of it, it would meet somebody who holds the next and waits for the last, and the server would end theirs as well as ours.
 */
export function tableLocks(statements: readonly string[]): string[] {
  const all = (pattern: RegExp): string[] => statements.flatMap((sql) => [...sql.matchAll(pattern)].map(([, table = '']) => table));
  const own = new Set(all(/^create table (?:if not exists )?"?(\w+)"?/gi));
  const changed = new Set([...all(/^alter table (?:only )?"?(\w+)"?/gi), ...all(/^create trigger .*? on "?(\w+)"?/gis)].filter((table) => !own.has(table)));
  const referred = new Set(all(/ references "?(\w+)"?/gi).filter((table) => !own.has(table) && !changed.has(table)));
  const tables = [...changed, ...referred].sort((one, other) => pointedAt.indexOf(one) - pointedAt.indexOf(other) || one.localeCompare(other));
  return tables.map((table) => `lock table "${table}" in ${changed.has(table) ? 'access exclusive' : 'share row exclusive'} mode`);
}
