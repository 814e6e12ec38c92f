import { listThreads } from '@sevenfold/core/inbox';

/** The statement the product sends for a page of the inbox, for node-pg: taken from the product itself, so that it is the same for ever. */
export async function pageSql(page, filter, now) {
  let sent;
  const em = { getTransactionContext: () => undefined, execute: async (sql, params) => ((sent = { sql, params }), []) };
  await listThreads({ em, now }, page, filter);
  let place = 0;
  return { text: sent.sql.replace(/\?/g, () => `$${(place += 1)}`), values: sent.params };
}
