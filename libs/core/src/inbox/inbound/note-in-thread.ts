import type { Tx } from '../../db/tx.js';
import { startReplyClock } from '../clock/start-clock.js';
import { preview } from '../preview.js';
import type { InboundFact } from './add-inbound.js';

/**
 * Copies what came in to the thread's row. What a listener has answered already comes after it, and stays the latest. What
 * a machine wrote is in the thread and nothing more: nothing unread, nobody waited for, no channel written from.
 */
export async function noteInThread(tx: Tx, threadId: string, { messageId, channel, text, automatic }: InboundFact & { automatic: boolean }): Promise<void> {
  await tx.em.flush();
  if (automatic) {
    await tx.em.execute('update thread set version = version + 1 where id = ?', [threadId]);
    return;
  }
  const [row] = await tx.em.execute<{ started: boolean }[]>(
    `update thread t set version = version + 1, unread = unread + 1, last_inbound_channel = ?,
            waiting_since = coalesce(waiting_since, ?), snoozed_until = null,
            last_message_at = greatest(last_message_at, ?),
            last_preview = case when answered then last_preview else ? end,
            last_direction = case when answered then last_direction else 'in' end
       from (select exists (select 1 from message where thread_id = ? and direction = 'out' and created_at = ? and id > ?) as answered) a
      where t.id = ? returning t.waiting_since = ? as started`,
    [channel, tx.now, tx.now, preview(text), threadId, tx.now, messageId, threadId, tx.now],
  );
  if (row?.started) await startReplyClock(tx, threadId);
}
