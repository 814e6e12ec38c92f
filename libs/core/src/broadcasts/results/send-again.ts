import { audit } from '../../audit/audit.js';
import type { Tx } from '../../db/tx.js';
import { outbox } from '../../engine/outbox.js';
import { changed, lockBroadcast, needStatus } from '../control/lock-broadcast.js';
import { cancelledCode } from '../control/cancel-broadcast.js';
import type { Broadcast } from '../broadcast.entity.js';

/**
 * Has the failed of a broadcast sent again: only those, once per press, by deliveries of their own beside the old ones. The cancelled
 * and the skipped are not among them, and a message whose time was over gets another day.
 * @returns how many are sent again; 0 when another press was first
 * @throws DomainError `not_found`, `wrong_state` before it was sent
 */
export async function retryFailed(tx: Tx, broadcastId: string): Promise<{ retried: number }> {
  const broadcast = await lockBroadcast(tx, broadcastId);
  needStatus(broadcast, ['sending', 'done', 'cancelled']);
  const again = await tx.em.execute<{ id: string }[]>(
    `update message set status = 'queued', code = null, round = round + 1, deadline_at = case when deadline_at <= ? then null else deadline_at end
      where broadcast_id = ? and status = 'failed' and code is distinct from ? returning id`,
    [tx.now, broadcastId, cancelledCode],
  );
  await goOn(tx, broadcast, again.length);
  audit(tx, { action: 'broadcast.retried', entity: 'broadcast', entityId: broadcastId, campaignId: broadcast.campaignId ?? null, data: { messages: again.length } });
  await changed(tx, broadcast);
  return { retried: again.length };
}

/** What becomes of messages of which nobody knows whether they left. */
export type UnknownAction = 'resend' | 'leave';

/**
 * Decides about all unknown messages of a broadcast together: sent once more, at the risk that somebody gets two, or left as they
 * are. Later evidence still tells what became of them.
 * @returns how many it was about; 0 when they were decided about before
 * @throws DomainError `not_found`, `wrong_state` before it was sent
 */
export async function resolveUnknown(tx: Tx, broadcastId: string, action: UnknownAction): Promise<{ resolved: number }> {
  const broadcast = await lockBroadcast(tx, broadcastId);
  needStatus(broadcast, ['sending', 'done', 'cancelled']);
  // An unknown that was left once may still be sent again later; the other way round there is nothing left to decide.
  const open = action === 'leave' ? 'and d.resolution is null' : `and d.resolution is distinct from 'resent'`;
  const rows = await tx.em.execute<{ id: string }[]>(
    `select m.id from message m where m.broadcast_id = ? and m.status = 'unknown'
        and exists (select 1 from delivery d where d.message_id = m.id and d.round = m.round and d.status = 'unknown' ${open})
      order by m.id for no key update of m`,
    [broadcastId],
  );
  const ids = JSON.stringify(rows.map(({ id }) => id));
  await tx.em.execute(
    `update delivery d set resolution = ? where d.status = 'unknown' and d.message_id in (select value::uuid from json_array_elements_text(?::json))`,
    [action === 'resend' ? 'resent' : 'left', ids],
  );
  if (action === 'resend') {
    await tx.em.execute(
      `update message set status = 'queued', code = null, round = round + 1, deadline_at = case when deadline_at <= ? then null else deadline_at end
        where id in (select value::uuid from json_array_elements_text(?::json))`,
      [tx.now, ids],
    );
    await goOn(tx, broadcast, rows.length);
  }
  audit(tx, {
    action: 'broadcast.unknown-resolved', entity: 'broadcast', entityId: broadcastId, campaignId: broadcast.campaignId ?? null, data: { action, messages: rows.length },
  });
  await changed(tx, broadcast);
  return { resolved: rows.length };
}

/** It is under way once more; its workflow may have ended long ago. */
async function goOn(tx: Tx, broadcast: Broadcast, messages: number): Promise<void> {
  if (messages === 0) return;
  broadcast.status = 'sending';
  broadcast.doneAt = null;
  await outbox(tx, 'broadcast.wake', { broadcastId: broadcast.id });
}
