import type { DeliveryStatus } from '@sevenfold/domain/delivery';
import type { Tx } from '../../db/tx.js';

/** Recipients by what became of their message; `skipped` got none, `cancelled` were taken out before theirs left. */
export type BroadcastCounts = Record<DeliveryStatus | 'skipped' | 'cancelled', number>;

/** Counts a broadcast's recipients. */
export async function countBroadcast(tx: Tx, broadcastId: string): Promise<BroadcastCounts> {
  const counts: BroadcastCounts = { queued: 0, claimed: 0, unknown: 0, sent: 0, delivered: 0, failed: 0, read: 0, skipped: 0, cancelled: 0 };
  const rows = await tx.em.execute<{ status: keyof BroadcastCounts; count: number }[]>(
    `select case when code = 'cancelled' then 'cancelled' else status end as status, count(*)::int as count
       from message where broadcast_id = ? group by 1`,
    [broadcastId],
  );
  for (const { status, count } of rows) counts[status] += count;
  const [more] = await tx.em.execute<{ claimed: number; skipped: number; unwritten: number; cancelled: number }[]>(
    `select (select count(*)::int from delivery where broadcast_id = ? and status = 'claimed') as claimed,
            (select count(*)::int from broadcast_skip where broadcast_id = ?) as skipped,
            coalesce(sum(size) filter (where written_at is null and cancelled_at is null), 0)::int as unwritten,
            coalesce(sum(size) filter (where cancelled_at is not null), 0)::int as cancelled
       from broadcast_chunk where broadcast_id = ?`,
    [broadcastId, broadcastId, broadcastId],
  );
  if (!more) return counts;
  // In a broadcast the message says `queued` until it is through; that it is on its way, only its delivery says.
  const quiet = Math.min(Math.max(0, more.claimed - counts.claimed), counts.queued);
  counts.claimed += quiet;
  counts.queued += more.unwritten - quiet;
  counts.skipped += more.skipped;
  counts.cancelled += more.cancelled;
  return counts;
}
