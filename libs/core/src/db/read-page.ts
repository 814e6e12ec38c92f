import { LoneStatements } from './lone-statements.js';
import { Prepared } from './prepared.js';
import type { Tx } from './tx.js';

/** Texts of pages, with their limit, as they are prepared. */
const known = new Map<string, Prepared>();
/** At most so many, the first that are asked for: each connection keeps what it has once prepared, which is some tens of kilobytes. */
const most = 32;

/**
 * Reads up to `limit` rows. Where nothing but reading goes on, a page that is often asked for is planned once for each connection; its limit is in its
 * text, since the server keeps no plan for one it does not know.
 * @param sql with `?` for its values and nowhere else, and without a limit
 * @param limit rows, a whole number
 */
export function readPage<T extends object>(tx: Tx, sql: string, values: readonly unknown[], limit: number): Promise<T[]> {
  const alone = tx.em.getTransactionContext<unknown>();
  const statement = alone instanceof LoneStatements ? preparedFor(`${sql} limit ${Math.trunc(limit)}`) : undefined;
  if (alone instanceof LoneStatements && statement) return alone.executePrepared<T>(statement, values);
  return tx.em.execute<T[]>(`${sql} limit ?`, [...values, limit]);
}

function preparedFor(text: string): Prepared | undefined {
  const before = known.get(text);
  if (before || known.size >= most) return before;
  let place = 0;
  const statement = new Prepared(text.replaceAll('?', () => `$${(place += 1)}`));
  known.set(text, statement);
  return statement;
}
