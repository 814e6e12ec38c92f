import type { Tx } from '../../db/tx.js';
import type { DueCall } from '../../engine/sweeper/due-handlers.js';
import { hintDesk } from '../hint-thread.js';

/** The time of a snooze is over: the thread comes back, and stands out as unread. One that was snoozed again sleeps on. */
export async function wakeThread(tx: Tx, { refId }: DueCall): Promise<string> {
  const woken = await tx.em.execute<{ id: string }[]>(
    `update thread set snoozed_until = null, unread = greatest(unread, 1), version = version + 1
      where id = ? and snoozed_until <= ? returning id`,
    [refId, tx.now],
  );
  if (woken.length > 0) await hintDesk(tx, refId);
  return woken.length === 0 ? 'sleeps on, or was woken before' : 'woken';
}
