import type { Tx } from '../../db/tx.js';

/**
 * Holds threads alone until the end of the transaction: nobody writes into them meanwhile. Before anything else of them is locked, and always
 * in the order of their ids, so that two who move both ways wait for each other instead of for ever.
 */
export async function holdThreads(tx: Tx, threadIds: readonly string[]): Promise<void> {
  await tx.em.flush();
  await tx.em.execute('select id from thread where id in (?) order by id for update', [[...new Set(threadIds)]]);
}
