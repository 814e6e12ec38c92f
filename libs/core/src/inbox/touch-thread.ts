import type { Tx } from '../db/tx.js';
import { answered } from './clock/answered.js';
import { preview } from './preview.js';

/**
 * Copies an outgoing message to the thread's row, from which the inbox is read. An older one changes nothing shown.
 * @param answers a person of the team wrote it: nobody waits any more, but for what came in after it was written
 */
export async function touchThread(tx: Tx, threadId: string, text: string, { answers = false } = {}): Promise<void> {
  await tx.em.execute(
    `update thread set version = version + 1, last_message_at = greatest(last_message_at, ?),
            last_preview = case when last_message_at > ? then last_preview else ? end,
            last_direction = case when last_message_at > ? then last_direction else 'out' end
      where id = ?`,
    [tx.now, tx.now, preview(text), tx.now, threadId],
  );
  if (answers) await answered(tx, threadId);
}
