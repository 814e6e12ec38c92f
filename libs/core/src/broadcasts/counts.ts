import type { DeliveryStatus } from '@sevenfold/domain/delivery';
import type { Tx } from '../db/tx.js';
import type { SkipReason } from './broadcast-skip.entity.js';

/** Recipients by what became of their message; `skipped` got none, `cancelled` were taken out before theirs left. */
export type BroadcastCounts = Record<DeliveryStatus | 'skipped' | 'cancelled', number>;

/** What the statement of {@link countsSql} answers. */
export interface CountsRow {
  messages: Partial<Record<keyof BroadcastCounts, number>> | null;
  claimed: number;
  unresolved: number;
  skips: Partial<Record<SkipReason, number>> | null;
  chunks: { unwritten: number; cancelled: number };
}

/**
 * Everything that is counted of a broadcast, as columns beside its row `b`. In one statement, which sees one moment: between two of them a chunk
 * would be written or a cancel come, and what was neither here nor there would be missing from the total.
 */
export const countsSql = `
  (select jsonb_object_agg(status, n) from (
     select case when m.code = 'cancelled' then 'cancelled' else m.status end as status, count(*) as n from message m where m.broadcast_id = b.id group by 1) counted) as messages,
  (select count(*)::int from delivery d where d.broadcast_id = b.id and d.status = 'claimed') as claimed,
  (select count(*)::int from delivery d join message m on m.id = d.message_id
    where d.broadcast_id = b.id and d.status = 'unknown' and d.resolution is null and m.status = 'unknown') as unresolved,
  (select jsonb_object_agg(reason, n) from (select s.reason, count(*) as n from broadcast_skip s where s.broadcast_id = b.id group by 1) counted) as skips,
  (select jsonb_build_object('unwritten', coalesce(sum(k.size) filter (where k.written_at is null and k.cancelled_at is null), 0),
                             'cancelled', coalesce(sum(k.size) filter (where k.cancelled_at is not null), 0))
     from broadcast_chunk k where k.broadcast_id = b.id) as chunks`;

/** The recipients by what became of their message; together they are the total. */
export function toCounts({ messages, claimed, skips, chunks }: CountsRow): BroadcastCounts {
  const counts: BroadcastCounts = { queued: 0, claimed: 0, unknown: 0, sent: 0, delivered: 0, failed: 0, read: 0, skipped: 0, cancelled: 0, ...messages };
  // In a broadcast the message says `queued` until it is through; that it is on its way, only its delivery says.
  const quiet = Math.min(Math.max(0, claimed - counts.claimed), counts.queued);
  counts.claimed += quiet;
  counts.queued += chunks.unwritten - quiet;
  counts.skipped += Object.values(skips ?? {}).reduce((sum, count) => sum + count, 0);
  counts.cancelled += chunks.cancelled;
  return counts;
}

/** Counts a broadcast's recipients. */
export async function countBroadcast(tx: Tx, broadcastId: string): Promise<BroadcastCounts> {
  const [row] = await tx.em.execute<CountsRow[]>(`select ${countsSql} from broadcast b where b.id = ?`, [broadcastId]);
  if (!row) throw new Error('There is no such broadcast');
  return toCounts(row);
}
