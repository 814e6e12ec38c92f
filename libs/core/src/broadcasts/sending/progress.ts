import type { DeliveryStatus } from '@sevenfold/domain/delivery';
import { rawInstantOrNull } from '../../db/raw-instant.js';
import type { Tx } from '../../db/tx.js';

/** Recipients by what became of their message. */
export type BroadcastCounts = Record<DeliveryStatus, number>;

/** Counts a broadcast's messages. */
export async function countBroadcast(tx: Tx, broadcastId: string): Promise<BroadcastCounts> {
  const rows = await tx.em.execute<{ status: DeliveryStatus; count: number }[]>(
    'select status, count(*)::int as count from message where broadcast_id = ? group by status',
    [broadcastId],
  );
  const counts: BroadcastCounts = { queued: 0, claimed: 0, unknown: 0, sent: 0, delivered: 0, failed: 0, read: 0 };
  for (const { status, count } of rows) counts[status] = count;
  return counts;
}

/**
 * Ends a broadcast none of whose messages is on its way any more; otherwise says when to come again.
 * @returns null when it is done, else ms to wait
 */
export async function finishBroadcast(tx: Tx, broadcastId: string): Promise<number | null> {
  const { queued, claimed } = await countBroadcast(tx, broadcastId);
  if (queued + claimed === 0) {
    await tx.em.execute(`update broadcast set status = 'done', done_at = ? where id = ? and status in ('queued', 'sending')`, [
      tx.now, broadcastId,
    ]);
    return null;
  }
  const [row] = await tx.em.execute<{ due: number; next: string | null }[]>(
    `select (count(*) filter (where d.id is null or d.not_before is null or d.not_before <= ?))::int as due,
            min(d.not_before) as next
       from message m left join delivery d on d.message_id = m.id and d.status = 'queued'
      where m.broadcast_id = ? and m.status = 'queued'`,
    [tx.now, broadcastId],
  );
  if (row && row.due > 0) return 0;
  const next = rawInstantOrNull(row?.next ?? null);
  // Only another attempt's claims are left: it ends them, or its death is noticed.
  return next ? Math.max(0, next.getTime() - tx.now.getTime()) : 5_000;
}
