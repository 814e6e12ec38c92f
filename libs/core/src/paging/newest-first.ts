import { readInstantCursor } from './page.js';

/** A condition with its parameters, to be put after `where … and`. */
export interface Condition {
  sql: string;
  params: unknown[];
}

/**
 * Where the next page of a list begins that is sorted by `created_at desc, id desc`. What is inserted meanwhile comes
 * before the first page, so no row is shown twice and none of the old ones is left out.
 * @param table name or alias of the table
 * @throws DomainError `invalid_fields` for a cursor that is not one of ours
 */
export function olderThan(cursor: string | undefined, table: string): Condition {
  const position = readInstantCursor(cursor);
  if (position === null) return { sql: 'true', params: [] };
  return { sql: `(${table}.created_at, ${table}.id) < (?::timestamptz, ?::uuid)`, params: [position.key, position.id] };
}

/** `and`s conditions into one. */
export function allOf(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' and ') || 'true',
    params: conditions.flatMap(({ params }) => params),
  };
}
