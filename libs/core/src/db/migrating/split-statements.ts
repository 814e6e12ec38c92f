/** A migration, sorted by how much of it may stand in a running version's way. */
export interface SplitMigration {
  /** Unique keys that its references need, built beside the running version, before it. */
  before: string[];
  /** The migration itself: one transaction, which must not take longer than a blink. */
  now: string[];
  /** What takes as long as a table is big, or may go only when the rest is there: afterwards, statement by statement. */
  after: string[];
}

const created = /^create table (?:if not exists )?"?(\w+)"?/i;
const index = /^create (unique )?index (?:if not exists )?"?(\w+)"? on "?(\w+)"? ?(.*)$/is;
const unique = /^alter table "?(\w+)"? add constraint "?(\w+)"? unique (.*)$/is;
const validate = /^alter table "?(\w+)"? validate constraint "?(\w+)"?$/i;
const dropIndex = /^drop index (?:if exists )?"?(\w+)"?$/i;
const dropConstraint = /^alter table "?(\w+)"? drop constraint (?:if exists )?"?(\w+)"?$/i;

/**
 * Takes out of a migration what would lock a table for as long as it is big: indexes of tables that exist are built `concurrently`, checks
 * and references validated, and what goes, goes last. Tables that the migration makes itself are empty, so theirs stay where they are.
 */
export function splitStatements(statements: readonly string[]): SplitMigration {
  const own = new Set(statements.flatMap((sql) => created.exec(sql)?.[1] ?? []));
  const split: SplitMigration = { before: [], now: [], after: [] };
  for (const sql of statements) {
    const [phase, text] = place(sql, own, statements);
    split[phase].push(text);
  }
  return split;
}

function place(sql: string, own: ReadonlySet<string>, all: readonly string[]): [keyof SplitMigration, string] {
  const [, isUnique, name = '', table = '', rest = ''] = index.exec(sql) ?? [];
  if (table && !own.has(table)) {
    const text = `create ${isUnique ?? ''}index concurrently if not exists "${name}" on "${table}" ${rest}`;
    return [name === `${table}_tenant_key` ? 'before' : 'after', text];
  }
  const [, uniqueTable = '', constraint = '', columns = ''] = unique.exec(sql) ?? [];
  if (uniqueTable && !own.has(uniqueTable)) {
    return ['after', `create unique index concurrently if not exists "${constraint}" on "${uniqueTable}" ${columns}`];
  }
  const [, validated = ''] = validate.exec(sql) ?? [];
  if (validated && !own.has(validated)) return ['after', sql];
  const [, gone] = dropIndex.exec(sql) ?? [];
  if (gone) return ['after', `drop index concurrently if exists "${gone}"`];
  const [, , dropped = ''] = dropConstraint.exec(sql) ?? [];
  // One that comes back in the same migration is only being changed.
  if (dropped && !all.some((other) => new RegExp(`add constraint "?${dropped}"?\\b`, 'i').test(other))) return ['after', sql.replace(/drop constraint (?!if exists)/i, 'drop constraint if exists ')];
  return ['now', sql];
}
