import { audit } from '../../audit/audit.js';
import type { Tx } from '../../db/tx.js';
import { outbox } from '../../engine/outbox.js';
import { idsIn } from '../../db/ids-in.js';
import { dropBudgets } from '../sending/limits.js';
import { changed, lockBroadcast, needStatus } from './lock-broadcast.js';

/** Stands on messages, deliveries and in the results of whoever was taken out. */
export const cancelledCode = 'cancelled';

/**
 * Stops a broadcast for good. What has left has left; what is being handed over ends by itself; all others are cancelled, and say so.
 * @returns how many were taken out
 * @throws DomainError `not_found`, `wrong_state` for one that is over; a cancelled one stays cancelled
 */
export async function cancelBroadcast(tx: Tx, broadcastId: string): Promise<{ cancelled: number }> {
  const broadcast = await lockBroadcast(tx, broadcastId);
  if (broadcast.status === 'cancelled') return { cancelled: 0 };
  needStatus(broadcast, ['draft', 'scheduled', 'queued', 'sending']);
  const cancelled = broadcast.sentAt || broadcast.kind !== 'bulk' ? await takeOut(tx, broadcastId) : 0;
  broadcast.status = 'cancelled';
  broadcast.cancelledAt = tx.now;
  broadcast.doneAt = tx.now;
  broadcast.pausedAt = null;
  await dropBudgets(tx, broadcastId);
  audit(tx, { action: 'broadcast.cancelled', entity: 'broadcast', entityId: broadcastId, campaignId: broadcast.campaignId ?? null, data: { cancelled } });
  await outbox(tx, 'broadcast.changed', { broadcastId });
  await changed(tx, broadcast);
  return { cancelled };
}

/** The same once more for a broadcast that was cancelled while some of it was being handed over, and came back. */
export async function takeOutCancelled(tx: Tx, broadcastId: string): Promise<void> {
  const [row] = await tx.em.execute<{ id: string }[]>(`select id from broadcast where id = ? and status = 'cancelled'`, [broadcastId]);
  if (row) await takeOut(tx, broadcastId);
}

async function takeOut(tx: Tx, broadcastId: string): Promise<number> {
  const chunks = await tx.em.execute<{ size: number }[]>(
    'update broadcast_chunk set cancelled_at = ?, written_at = ? where broadcast_id = ? and written_at is null returning size',
    [tx.now, tx.now, broadcastId],
  );
  // Messages first, in the order everybody locks them; who is on its way has a claimed delivery and is left alone.
  const queued = await tx.em.execute<{ id: string }[]>(
    `select m.id from message m where m.broadcast_id = ? and m.status = 'queued' order by m.id for no key update of m`, [broadcastId],
  );
  await tx.em.execute(
    `update delivery set status = 'failed', code = ?, finished_at = ? where broadcast_id = ? and status = 'queued'`, [cancelledCode, tx.now, broadcastId],
  );
  // By the index of broadcasts: asked of each message, a planner that knows nothing of a new broadcast yet would read all deliveries for each.
  const leaving = await tx.em.execute<{ id: string }[]>(`select message_id as id from delivery where broadcast_id = ? and status = 'claimed'`, [broadcastId]);
  const onTheirWay = new Set(leaving.map(({ id }) => id));
  const out = queued.map(({ id }) => id).filter((id) => !onTheirWay.has(id));
  await tx.em.execute(`update message set status = 'failed', code = ? where id in ${idsIn}`, [cancelledCode, JSON.stringify(out)]);
  return chunks.reduce((sum, { size }) => sum + size, 0) + out.length;
}
