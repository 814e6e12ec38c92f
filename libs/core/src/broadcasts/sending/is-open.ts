import type { Tx } from '../../db/tx.js';

/**
 * Whether something of a broadcast may leave: nobody paused or cancelled it, and its campaign's pause does not hold what
 * the product wrote by itself (E8). As one value, asked once per statement.
 * @param id its id, as SQL
 */
export const isOpenSql = (id: string): string => `(
  select b.status in ('queued', 'sending') and b.paused_at is null
         and not (k.paused_at is not null and k.cancelled_at is null
                  and exists (select 1 from message m where m.broadcast_id = b.id and m.automatic)) is true
    from broadcast b left join campaign k on k.id = b.campaign_id where b.id = ${id})`;

export async function isOpen(tx: Tx, broadcastId: string): Promise<boolean> {
  const [row] = await tx.em.execute<{ open: boolean | null }[]>(`select ${isOpenSql('?')} as open`, [broadcastId]);
  return row?.open === true;
}
