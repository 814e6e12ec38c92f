import { rawInstantOrNull } from '../../db/raw-instant.js';
import type { Tx } from '../../db/tx.js';
import { hint } from '../../live/index.js';
import { tellFinished } from '../tell-finished.js';
import { dropBudgets } from './limits.js';

/**
 * Ends a broadcast none of whose messages is on its way any more; otherwise says when to come again.
 * @returns null when it is done, else ms to wait
 */
export async function finishBroadcast(tx: Tx, broadcastId: string): Promise<number | null> {
  // From the cheap question to the dear ones, which read all that is queued or was claimed, or all messages: they are asked only near the end.
  const [more] = await tx.em.execute<{ more: boolean }[]>(
    `select exists (select 1 from broadcast_chunk where broadcast_id = ? and written_at is null and cancelled_at is null)
         or exists (select 1 from delivery where broadcast_id = ? and status = 'queued' and (not_before is null or not_before <= ?)) as more`,
    [broadcastId, broadcastId, tx.now],
  );
  if (more?.more) return 0;
  const [row] = await tx.em.execute<{ claimed: boolean; next: string | null }[]>(
    `select exists (select 1 from delivery where broadcast_id = ? and status = 'claimed') as claimed,
            (select min(not_before) from delivery where broadcast_id = ? and status = 'queued') as next`,
    [broadcastId, broadcastId],
  );
  const next = rawInstantOrNull(row?.next ?? null);
  if (next) return Math.max(0, next.getTime() - tx.now.getTime());
  // Only another attempt's claims are left: it ends them, or its death is noticed.
  if (row?.claimed) return 5_000;
  const [open] = await tx.em.execute<{ id: string }[]>(`select id from message where broadcast_id = ? and status in ('queued', 'claimed') limit 1`, [broadcastId]);
  if (open) return 0;
  const ended = await tx.em.execute<{ campaignId: string | null; version: number }[]>(
    `update broadcast set status = 'done', done_at = ?, paused_at = null, version = version + 1 where id = ? and status in ('queued', 'sending')
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
