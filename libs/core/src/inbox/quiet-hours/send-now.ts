import { DomainError } from '@sevenfold/domain/errors';
import { audit } from '../../audit/audit.js';
import type { Tx } from '../../db/tx.js';
import { outbox } from '../../engine/outbox.js';
import { deliveriesOf, lockMessages } from '../sending/rows.js';
import { getMessage } from '../threads/list-messages.js';
import type { MessageView } from '../threads/message-view.js';
import { quietCode } from './hold.js';

/**
 * A member wants a message to disturb after all, instead of waiting for the day. Done twice it is done once.
 * @throws DomainError `not_found`; `wrong_state` for one that does not wait for the day
 */
export async function sendNow(tx: Tx, messageId: string): Promise<MessageView> {
  const [message] = await lockMessages(tx, [messageId]);
  if (!message) throw new DomainError('not_found', { entity: 'message' });
  if (!message.ignoreQuietHours) {
    const newest = (await deliveriesOf(tx, [messageId])).at(-1);
    const woken = newest?.status !== 'queued' ? [] : await tx.em.execute<{ id: string }[]>(
      'update delivery set not_before = null, code = null where id = ? and code = ? returning id',
      [newest.id, quietCode],
    );
    if (woken.length === 0) throw new DomainError('wrong_state', { state: message.status, allowed: [] }, 'This message does not wait for the day');
    await tx.em.execute('update message set ignore_quiet_hours = true where id = ?', [messageId]);
    await outbox(tx, 'message.changed', { messageId });
    if (message.broadcastId !== null) await outbox(tx, 'broadcast.changed', { broadcastId: message.broadcastId });
    audit(tx, { action: 'message.sent-by-night', entity: 'message', entityId: messageId, campaignId: message.campaignId });
    await tx.em.flush();
  }
  return getMessage(tx, messageId);
}
