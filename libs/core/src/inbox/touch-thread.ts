import { rawInstantOrNull } from '../db/raw-instant.js';
import type { Tx } from '../db/tx.js';
import { startReplyClock } from './clock/start-clock.js';
import { stopReplyClock } from './clock/stop-clock.js';
import { preview } from './preview.js';

/**
 * Copies an outgoing message to the thread's row, from which the inbox is read. An older one changes nothing shown.
 * @param answers a person of the team wrote it: nobody waits any more, but for what came in after it was written
 */
export async function touchThread(tx: Tx, threadId: string, text: string, { answers = false } = {}): Promise<void> {
  const [touched] = await tx.em.execute<{ newer: boolean }[]>(
    `update thread set version = version + 1, last_message_at = greatest(last_message_at, ?),
            last_preview = case when last_message_at > ? then last_preview else ? end,
            last_direction = case when last_message_at > ? then last_direction else 'out' end
      where id = ? returning last_message_at > ? as newer`,
    [tx.now, tx.now, preview(text), tx.now, threadId, tx.now],
  );
  if (!answers) return;
  await stopReplyClock(tx, threadId);
  // Who answered cannot have read it yet.
  if (touched?.newer) await waitForLater(tx, threadId);
}

async function waitForLater(tx: Tx, threadId: string): Promise<void> {
  const [row] = await tx.em.execute<{ since: string | null }[]>(
    `select min(created_at) as since from message where thread_id = ? and direction = 'in' and not automatic and created_at > ?`,
    [threadId, tx.now],
  );
  const since = rawInstantOrNull(row?.since ?? null);
  if (since === null) return;
  await tx.em.execute('update thread set waiting_since = ? where id = ?', [since, threadId]);
  await startReplyClock(tx, threadId, since);
}
