import type { Tx } from '../db/tx.js';
import { tellTeam } from '../notices/tell-team.js';
import { countBroadcast } from './counts.js';

/**
 * Tells the team of a finished message to many of which some failed, or may or may not have left: both wait for a decision. And of one that
 * reached nobody, since whoever sent it, or scheduled it days ago, believes it has.
 * Newsletters and what else the product writes by itself are not reported.
 */
export async function tellFinished(tx: Tx, broadcastId: string): Promise<void> {
  const [row] = await tx.em.execute<{ kind: string; name: string | null; total: number; campaignId: string | null; campaign: string | null }[]>(
    `select b.kind, b.name, b.total, b.campaign_id as "campaignId", c.name as campaign
       from broadcast b left join campaign c on c.id = b.campaign_id where b.id = ?`,
    [broadcastId],
  );
  if (!row || !['bulk', 'group'].includes(row.kind)) return;
  const { failed, unknown, sent, delivered, read, skipped } = await countBroadcast(tx, broadcastId);
  const [left] = await tx.em.execute<{ count: number }[]>(
    `select count(*)::int as count from delivery where broadcast_id = ? and status = 'unknown' and resolution = 'left'`, [broadcastId],
  );
  const open = unknown - (left?.count ?? 0);
  const reached = sent + delivered + read;
  if (failed === 0 && open <= 0 && (reached > 0 || unknown > 0)) return;
  await tellTeam(tx, {
    kind: 'broadcast-finished', campaignId: row.campaignId, refId: broadcastId,
    // Sent again, it may end again.
    dedupeKey: `broadcast-finished:${broadcastId}:${tx.now.getTime()}`,
    data: { name: row.name ?? row.campaign ?? '', total: row.total, sent: reached, failed, unknown: open, skipped },
    asks: false,
  });
}
