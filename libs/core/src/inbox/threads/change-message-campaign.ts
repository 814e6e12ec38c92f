import { DomainError } from '@sevenfold/domain/errors';
import { audit } from '../../audit/audit.js';
import type { Tx } from '../../db/tx.js';
import { hintThread } from '../hint-thread.js';
import { holdThreads } from './hold-threads.js';
import { getMessage } from './list-messages.js';
import type { MessageView } from './message-view.js';

/**
 * A person says which campaign a message is about, or that it is about none.
 * @throws DomainError `not_found`; `invalid_fields` for a campaign that is not there; `conflict` when it is moved at the same moment
 */
export async function changeMessageCampaign(tx: Tx, messageId: string, campaignId: string | null): Promise<MessageView> {
  if (campaignId !== null) await checkCampaign(tx, campaignId);
  const { threadId } = await find(tx, messageId);
  await holdThreads(tx, [threadId]);
  const message = await find(tx, messageId);
  if (message.threadId !== threadId) throw new DomainError('conflict', { entity: 'message' }, 'Somebody moved this message just now');
  if (message.was !== campaignId) {
    await tx.em.execute('update message set campaign_id = ? where id = ?', [campaignId, messageId]);
    await tx.em.execute('update thread set version = version + 1 where id = ?', [message.threadId]);
    audit(tx, { action: 'message.campaign-changed', entity: 'message', entityId: messageId, campaignId, data: { from: message.was, to: campaignId } });
    await hintThread(tx, message.threadId, messageId);
    await tx.em.flush();
  }
  return getMessage(tx, messageId);
}

async function find(tx: Tx, messageId: string): Promise<{ threadId: string; was: string | null }> {
  const [message] = await tx.em.execute<{ threadId: string; was: string | null }[]>('select thread_id as "threadId", campaign_id as was from message where id = ?', [messageId]);
  if (!message) throw new DomainError('not_found', { entity: 'message' });
  return message;
}

/** @throws DomainError `invalid_fields` */
export async function checkCampaign(tx: Tx, campaignId: string): Promise<void> {
  const [campaign] = await tx.em.execute<{ id: string }[]>('select id from campaign where id = ?', [campaignId]);
  if (!campaign) throw new DomainError('invalid_fields', { fields: [{ path: 'campaignId', message: 'There is no such campaign' }] });
}
