import type { Tx } from '../../db/tx.js';
import { hint } from '../../live/index.js';

/** Nobody waits any more: what reminded of it is settled. The due items find that out by themselves. */
export async function stopReplyClock(tx: Tx, threadId: string): Promise<void> {
  await tx.em.execute('update thread set waiting_since = null, reply_remind_at = null, reply_due_at = null where id = ?', [threadId]);
  const settled = await tx.em.execute<{ id: string }[]>(
    `update notice set status = 'done', done_at = ? where ref_id = ? and kind in ('reply-due', 'reply-overdue') and status = 'open' returning id`,
    [tx.now, threadId],
  );
  await hint(tx, settled.map(({ id }) => ({ entity: 'notice' as const, id })));
}
