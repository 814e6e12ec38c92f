import type { Tx } from '../db/tx.js';
import { hint } from '../live/hint.js';

/** A creator has got an address: whoever was asked for one need not look any more. */
export async function answerMissingAddress(tx: Tx, creatorId: string): Promise<void> {
  const answered = await tx.em.execute<{ id: string }[]>(
    `update notice set status = 'done', done_at = ? where kind = 'missing-address' and creator_id = ? and status = 'open' returning id`,
    [tx.now, creatorId],
  );
  for (const { id } of answered) await hint(tx, { entity: 'notice', id });
}
