import { audit } from '../../audit/audit.js';
import type { Tx } from '../../db/tx.js';
import { outbox } from '../../engine/outbox.js';
import { changed, lockBroadcast, needStatus } from './lock-broadcast.js';

/**
 * Holds a broadcast: nothing more of it is claimed from now on, also in the middle of a batch. Pausing a paused one changes nothing.
 * @throws DomainError `not_found`, `wrong_state`
 */
export async function pauseBroadcast(tx: Tx, broadcastId: string): Promise<void> {
  const broadcast = await lockBroadcast(tx, broadcastId);
  needStatus(broadcast, ['queued', 'sending']);
  if (broadcast.pausedAt) return;
  broadcast.pausedAt = tx.now;
  audit(tx, { action: 'broadcast.paused', entity: 'broadcast', entityId: broadcastId, campaignId: broadcast.campaignId ?? null });
  await changed(tx, broadcast);
}

/** Lets it go on. @throws DomainError `not_found`, `wrong_state` */
export async function resumeBroadcast(tx: Tx, broadcastId: string): Promise<void> {
  const broadcast = await lockBroadcast(tx, broadcastId);
  needStatus(broadcast, ['queued', 'sending']);
  if (!broadcast.pausedAt) return;
  broadcast.pausedAt = null;
  audit(tx, { action: 'broadcast.resumed', entity: 'broadcast', entityId: broadcastId, campaignId: broadcast.campaignId ?? null });
  await outbox(tx, 'broadcast.wake', { broadcastId });
  await changed(tx, broadcast);
}
