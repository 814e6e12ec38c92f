import type { Tx } from '../../db/tx.js';
import { hint } from '../../live/index.js';

/** What reminds of threads and is still open goes with them: it is for whoever is to answer now. @param memberId null: for the whole team */
export async function handOverReminders(tx: Tx, threadIds: readonly string[], memberId: string | null): Promise<void> {
  if (threadIds.length === 0) return;
  const changed = await tx.em.execute<{ id: string }[]>(
    `update notice set for_member_id = ?::uuid, data = data || jsonb_build_object('member', (select name from member where id = ?::uuid))
      where ref_id = any(?::uuid[]) and kind in ('reply-due', 'reply-overdue') and status = 'open' and for_member_id is distinct from ?::uuid returning id`,
    [memberId, memberId, `{${threadIds.join(',')}}`, memberId],
  );
  await hint(tx, changed.map(({ id }) => ({ entity: 'notice' as const, id })));
}
