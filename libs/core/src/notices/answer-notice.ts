import type { Tx } from '../db/tx.js';

/** Marks a question to the team as answered: what it asked for has happened. Nothing open under the key is fine. */
export async function answerNotice(tx: Tx, dedupeKey: string): Promise<void> {
  await tx.em.execute(
    `update notice set status = 'done', done_at = ? where dedupe_key = ? and status = 'open'`,
    [tx.now, dedupeKey],
  );
}
