import type { Tx } from '../../db/tx.js';
import { startReplyClock } from '../clock/start-clock.js';
import { preview } from '../preview.js';
import type { InboundFact } from './add-inbound.js';

/**
 * Copies what came in to the thread's row. What a listener has answered already comes after it, and so does what somebody else
 * entered meanwhile: that stays the latest. What a machine wrote is in the thread and nothing more: nothing unread, nobody waited for, no channel written from.
 */
export async function noteInThread(tx: Tx, threadId: string, { messageId, channel, text, automatic }: InboundFact & { automatic: boolean }): Promise<void> {
  await tx.em.flush();
  if (automatic) {
    await tx.em.execute('update thread set version = version + 1 where id = ?', [threadId]);
    return;
  }
  // Held first: whoever had it until now has written messages that the next statement must see.
  await tx.em.execute('select id from thread where id = ? for no key update', [threadId]);
  const [row] = await tx.em.execute<{ started: boolean }[]>(
    `update thread t set version = version + 1, unread = unread + 1, last_inbound_channel = case when written_since then last_inbound_channel else ? end,
            waiting_since = coalesce(waiting_since, ?), snoozed_until = null,
            last_message_at = greatest(last_message_at, ?),
            last_preview = case when answered then last_preview else ? end,
            last_direction = case when answered then last_direction else 'in' end
       from (select count(*) > 0 as answered, count(*) filter (where direction = 'in') > 0 as written_since from message
              where thread_id = ? and (created_at, id) > (?, ?) and not (direction = 'in' and automatic)) a
      where t.id = ? returning t.waiting_since = ? as started`,
    [channel, tx.now, tx.now, preview(text), threadId, tx.now, messageId, threadId, tx.now],
  );
  if (row?.started) await startReplyClock(tx, threadId);
}
