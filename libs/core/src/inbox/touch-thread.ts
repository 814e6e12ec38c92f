import type { Tx } from '../db/tx.js';
import { stopReplyClock } from './clock/stop-clock.js';
import { preview } from './preview.js';

/**
 * Copies an outgoing message to the thread's row, from which the inbox is read. An older one changes nothing shown.
 * @param answers a person of the team wrote it: nobody waits any more
 */
export async function touchThread(tx: Tx, threadId: string, text: string, { answers = false } = {}): Promise<void> {
  await tx.em.execute(
    `update thread set version = version + 1, last_message_at = ?, last_preview = ?, last_direction = 'out'
      where id = ? and (last_message_at is null or last_message_at <= ?)`,
    [tx.now, preview(text), threadId, tx.now],
  );
  if (answers) await stopReplyClock(tx, threadId);
}
