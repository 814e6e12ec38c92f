import type { DeliveryStatus } from '@sevenfold/domain/delivery';
import { rawInstantOrNull } from '../../db/raw-instant.js';
import type { Tx } from '../../db/tx.js';
import { hint } from '../../live/index.js';
import { tellFinished } from '../tell-finished.js';
import { dropBudgets } from './limits.js';

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

/**
 * Ends a broadcast none of whose messages is on its way any more; otherwise says when to come again.
 * @returns null when it is done, else ms to wait
 */
export async function finishBroadcast(tx: Tx, broadcastId: string): Promise<number | null> {
  // From the cheap question to the dear one, which reads all messages and is asked only at the end.
  const [row] = await tx.em.execute<{ unwritten: boolean; due: boolean; claimed: boolean; next: string | null }[]>(
    `select exists (select 1 from broadcast_chunk where broadcast_id = ? and written_at is null and cancelled_at is null) as unwritten,
            exists (select 1 from delivery where broadcast_id = ? and status = 'queued' and (not_before is null or not_before <= ?)) as due,
            exists (select 1 from delivery where broadcast_id = ? and status = 'claimed') as claimed,
            (select min(not_before) from delivery where broadcast_id = ? and status = 'queued') as next`,
    [broadcastId, broadcastId, tx.now, broadcastId, broadcastId],
  );
  if (row?.unwritten || row?.due) return 0;
  const next = rawInstantOrNull(row?.next ?? null);
  if (next) return Math.max(0, next.getTime() - tx.now.getTime());
  // Only another attempt's claims are left: it ends them, or its death is noticed.
  if (row?.claimed) return 5_000;
  const [open] = await tx.em.execute<{ id: string }[]>(`select id from message where broadcast_id = ? and status in ('queued', 'claimed') limit 1`, [broadcastId]);
  if (open) return 0;
  const ended = await tx.em.execute<{ campaignId: string | null; version: number }[]>(
    `update broadcast set status = 'done', done_at = ?, version = version + 1 where id = ? and status in ('queued', 'sending')
     returning campaign_id as "campaignId", version`,
    [tx.now, broadcastId],
  );
  for (const each of ended) {
    await dropBudgets(tx, broadcastId);
    await tellFinished(tx, broadcastId);
    await hint(tx, { entity: 'broadcast', id: broadcastId, ...each });
  }
  return null;
}
