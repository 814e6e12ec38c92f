import { audit } from '../../audit/audit.js';
import type { Tx } from '../../db/tx.js';
import { outbox } from '../../engine/outbox.js';
import { changed, lockBroadcast, needStatus } from '../control/lock-broadcast.js';
import { cancelledCode } from '../control/cancel-broadcast.js';
import type { Broadcast } from '../broadcast.entity.js';
import { idsIn } from '../../db/ids-in.js';

/**
 * Has the failed of a broadcast sent again: only those, once per press, by deliveries of their own beside the old ones. The cancelled
 * and the skipped are not among them, and a message whose time was over gets another day.
 * @returns how many are sent again; 0 when nothing has failed, or another press was first, and then nothing changes
 * @throws DomainError `not_found`, `wrong_state` before it was sent
 */
export async function retryFailed(tx: Tx, broadcastId: string): Promise<{ retried: number }> {
  const broadcast = await lockBroadcast(tx, broadcastId);
  needStatus(broadcast, ['sending', 'done', 'cancelled']);
  const again = await tx.em.execute<{ id: string }[]>(
    `select id from message where broadcast_id = ? and status = 'failed' and code is distinct from ? order by id for no key update`, [broadcastId, cancelledCode],
  );
  if (again.length === 0) return { retried: 0 };
  await queueAgain(tx, broadcast, again.map(({ id }) => id));
  audit(tx, { action: 'broadcast.retried', entity: 'broadcast', entityId: broadcastId, campaignId: broadcast.campaignId ?? null, data: { messages: again.length } });
  await changed(tx, broadcast);
  return { retried: again.length };
}

/** What becomes of messages of which nobody knows whether they left. */
export type UnknownAction = 'resend' | 'leave';

/**
 * Decides about all unknown messages of a broadcast together: sent once more, at the risk that somebody gets two, or left as they
 * are. Later evidence still tells what became of them.
 * @returns how many it was about; 0 when there are none, or they were decided about before, and then nothing changes
 * @throws DomainError `not_found`, `wrong_state` before it was sent
 */
export async function resolveUnknown(tx: Tx, broadcastId: string, action: UnknownAction): Promise<{ resolved: number }> {
  const broadcast = await lockBroadcast(tx, broadcastId);
  needStatus(broadcast, ['sending', 'done', 'cancelled']);
  const { messageIds, deliveryIds } = await undecided(tx, broadcastId, action);
  if (messageIds.length === 0) return { resolved: 0 };
  await tx.em.execute(`update delivery set resolution = ? where id in ${idsIn}`, [action === 'resend' ? 'resent' : 'left', JSON.stringify(deliveryIds)]);
  if (action === 'resend') await queueAgain(tx, broadcast, messageIds);
  audit(tx, {
    action: 'broadcast.unknown-resolved', entity: 'broadcast', entityId: broadcastId, campaignId: broadcast.campaignId ?? null, data: { action, messages: messageIds.length },
  });
  await changed(tx, broadcast);
  return { resolved: messageIds.length };
}

/**
 * The unknown messages there is something to decide about, locked, and all their unknown deliveries. Each table is asked by its own index of broadcasts:
 * joined, a planner that knows nothing of a new broadcast yet would read all deliveries for each message.
 */
async function undecided(tx: Tx, broadcastId: string, action: UnknownAction): Promise<{ messageIds: string[]; deliveryIds: string[] }> {
  const messages = await tx.em.execute<{ id: string; round: number }[]>(
    `select id, round from message where broadcast_id = ? and status = 'unknown' order by id for no key update`, [broadcastId],
  );
  const deliveries = await tx.em.execute<{ id: string; messageId: string; round: number; resolution: string | null }[]>(
    `select id, message_id as "messageId", round, resolution from delivery where broadcast_id = ? and status = 'unknown'`, [broadcastId],
  );
  const rounds = new Map(messages.map(({ id, round }) => [id, round]));
  // An unknown that was left once may still be sent again later; the other way round there is nothing left to decide.
  const isOpen = ({ resolution }: { resolution: string | null }): boolean => (action === 'leave' ? resolution === null : resolution !== 'resent');
  const open = new Set(deliveries.filter((each) => rounds.get(each.messageId) === each.round && isOpen(each)).map(({ messageId }) => messageId));
  return {
    messageIds: messages.map(({ id }) => id).filter((id) => open.has(id)),
    deliveryIds: deliveries.filter(({ messageId }) => open.has(messageId)).map(({ id }) => id),
  };
}

/** In a new round of their own. The broadcast is under way once more; its workflow may have ended long ago. */
async function queueAgain(tx: Tx, broadcast: Broadcast, messageIds: readonly string[]): Promise<void> {
  await tx.em.execute(
    `update message set status = 'queued', code = null, round = round + 1, deadline_at = case when deadline_at <= ? then null else deadline_at end
      where id in ${idsIn}`,
    [tx.now, JSON.stringify(messageIds)],
  );
  // Paused as the last of it left, it is over all the same: that pause held nothing, and must not hold this.
  if (broadcast.status !== 'sending') broadcast.pausedAt = null;
  broadcast.status = 'sending';
  broadcast.doneAt = null;
  await outbox(tx, 'broadcast.wake', { broadcastId: broadcast.id });
}
