/**
 * Why a statement may not run while the version before serves; undefined when it may.
 * @param existing tables that are there before its migration
 * @param newer functions that are younger than the version before, which therefore calls none of them
 */
export function objection(sql: string, existing: ReadonlySet<string>, newer: ReadonlySet<string> = new Set()): string | undefined {
  const text = sql.replace(/\s+/g, ' ');
  const [, table = ''] = /^alter table (?:only )?"?(\w+)"?/i.exec(text) ?? [];
  const [, indexed = ''] = /^create (?:unique )?index (?!concurrently)(?:if not exists )?"?\w+"? on "?(\w+)"?/i.exec(text) ?? [];
  if (/^(drop (table|view|function|trigger|type|schema)|truncate|lock table|cluster|vacuum full|reindex)\b/i.test(text)) return 'takes away or locks what the version before uses';
  const [, replaced = ''] = /^create or replace function "?(\w+)"?/i.exec(text) ?? [];
  if (/^create or replace/i.test(text) && !newer.has(replaced)) return 'changes what the version before calls';
  if (/^(insert|update|delete|with)\b/i.test(text)) return 'writes rows in the migration’s transaction: make it a backfill';
  if (existing.has(indexed)) return 'an index of an existing table belongs after the migration, concurrently';
  if (!existing.has(table)) return undefined;
  return rules.find(([pattern]) => pattern.test(text))?.[1];
}

/** Of a table that exists. */
const rules: [RegExp, string][] = [
  [/ rename /i, 'renames what the version before uses'],
  [/ drop column/i, 'drops what the version before reads'],
  [/ alter column "?\w+"? (set data )?type/i, 'changes a type: the table is written anew, and the version before may not know it'],
  [/ alter column "?\w+"? set not null/i, 'the version before may still write null'],
  [/ alter column "?\w+"? drop default/i, 'the version before counts on it'],
  [/ add column [^,]* generated always as .* stored/i, 'writes the whole table anew'],
  [/ add column [^,]* default [^,]*\(\)/i, 'a default that is computed writes the whole table anew'],
  [/ add column (?:if not exists )?"?\w+"? [^,]*not null(?![^,]* default)(?<! default [^,]*)/i, 'the version before writes rows without it'],
  [/ add constraint .* (check|foreign key) (?!.* not valid)/i, 'reads the whole table with everybody locked out: add it not valid, validate it afterwards'],
  [/ (disable|no force) row level security/i, 'opens what keeps workspaces apart'],
];
