import type { Tx } from '../db/tx.js';
import { hint } from '../live/hint.js';

/** Marks a question to the team as answered: what it asked for has happened. Nothing open under the key is fine. */
export async function answerNotice(tx: Tx, dedupeKey: string): Promise<void> {
  const answered = await tx.em.execute<{ id: string }[]>(
    `update notice set status = 'done', done_at = ? where dedupe_key = ? and status = 'open' returning id`,
    [tx.now, dedupeKey],
  );
  for (const { id } of answered) await hint(tx, { entity: 'notice', id });
}
