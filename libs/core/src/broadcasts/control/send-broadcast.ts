import { DomainError } from '@sevenfold/domain/errors';
import { audit } from '../../audit/audit.js';
import type { Tx } from '../../db/tx.js';
import { outbox } from '../../engine/outbox.js';
import { Member } from '../../team/member.entity.js';
import type { Broadcast } from '../broadcast.entity.js';
import { freezeRecipients } from '../recipients/freeze.js';
import { variablesOfTexts } from '../recipients/variables.js';
import { changed, lockBroadcast } from './lock-broadcast.js';

/**
 * Sends a message to many, once: who gets it and what it says are frozen now. Of two presses one sends, and the other is told who did.
 * @returns how many it goes to, the skipped ones included
 * @throws DomainError `not_found`, `already_sent` with by and at, `wrong_state` for a cancelled one, `no_recipients`, `invalid_fields` for texts that cannot be read
 *   any more, because a piece they include was changed
 */
export async function sendBroadcast(tx: Tx, broadcastId: string): Promise<{ recipients: number }> {
  const broadcast = await lockBroadcast(tx, broadcastId);
  if (broadcast.status === 'cancelled' && !broadcast.sentAt) throw new DomainError('wrong_state', { state: broadcast.status, allowed: ['draft', 'scheduled'] });
  if (!['draft', 'scheduled'].includes(broadcast.status)) throw await alreadySent(tx, broadcast);
  if (broadcast.texts) await variablesOfTexts(tx, broadcast.texts);
  // Scheduled and sent by hand before: there is no instant ahead any more.
  broadcast.sendAt = null;
  const recipients = await launch(tx, broadcast);
  if (recipients === 0) throw new DomainError('no_recipients', {});
  return { recipients };
}

/** Freezes the recipients and tells the engine. Nobody at all: it is done at once. */
export async function launch(tx: Tx, broadcast: Broadcast): Promise<number> {
  if (!broadcast.selection || !broadcast.texts) throw new Error('A broadcast without recipients or texts cannot be sent');
  const total = await freezeRecipients(tx, broadcast.id, broadcast.selection);
  broadcast.total = total;
  broadcast.status = total === 0 ? 'done' : 'queued';
  broadcast.doneAt = total === 0 ? tx.now : null;
  broadcast.sentAt = tx.now;
  broadcast.sentByMemberId = tx.actor.kind === 'member' ? tx.actor.memberId : (broadcast.sentByMemberId ?? null);
  audit(tx, { action: 'broadcast.sent', entity: 'broadcast', entityId: broadcast.id, campaignId: broadcast.campaignId ?? null, data: { recipients: total } });
  if (total > 0) await outbox(tx, 'broadcast.queued', { broadcastId: broadcast.id });
  await changed(tx, broadcast);
  return total;
}

async function alreadySent(tx: Tx, { sentByMemberId, sentAt }: Broadcast): Promise<DomainError> {
  const member = sentByMemberId ? await tx.em.findOne(Member, { id: sentByMemberId }) : null;
  return new DomainError('already_sent', { by: member?.name ?? 'Sevenfold', at: sentAt?.toISOString() ?? null });
}
