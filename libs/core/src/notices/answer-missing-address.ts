import type { Tx } from '../db/tx.js';

/** A creator has got an address: whoever was asked for one need not look any more. */
export async function answerMissingAddress(tx: Tx, creatorId: string): Promise<void> {
  await tx.em.execute(
    `update notice set status = 'done', done_at = ? where kind = 'missing-address' and creator_id = ? and status = 'open'`,
    [tx.now, creatorId],
  );
}
