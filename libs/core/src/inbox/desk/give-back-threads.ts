import type { Tx } from '../../db/tx.js';
import { hint } from '../../live/index.js';
import { handOverReminders } from '../clock/hand-over-reminders.js';

/**
 * Whoever no longer reads the inbox gives their threads back: they are nobody's, and found as that, instead of waiting for somebody who
 * will never look. Call it with the member's row locked, so that nobody gives them another meanwhile.
 */
export async function giveBackThreads(tx: Tx, memberId: string): Promise<void> {
  await tx.em.flush();
  // In the order of their ids, as everybody does who holds several.
  await tx.em.execute('select id from thread where assignee_member_id = ? order by id for no key update', [memberId]);
  const given = await tx.em.execute<{ id: string; version: number }[]>(
    'update thread set assignee_member_id = null, version = version + 1 where assignee_member_id = ? returning id, version',
    [memberId],
  );
  await hint(tx, given.map(({ id, version }) => ({ entity: 'thread' as const, id, version })));
  await handOverReminders(tx, given.map(({ id }) => id), null);
}
