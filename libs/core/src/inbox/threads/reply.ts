import { DomainError, type FieldProblem } from '@sevenfold/domain/errors';
import { audit } from '../../audit/audit.js';
import type { Tx } from '../../db/tx.js';
import { sendAlong } from '../attachments/uploads.js';
import { queueMessage } from '../queue-message.js';
import { wrongChannel } from '../reach/wrong-channel.js';
import { aboutThread } from './campaign-of-thread.js';
import { getMessage } from './list-messages.js';
import { markThreadRead } from './mark-read.js';
import type { MessageView } from './message-view.js';

export interface ReplyInput {
  threadId: string;
  memberId: string;
  text: string;
  subject?: string | undefined;
  /** A channel's id; unless told, the one the creator last wrote from. */
  channel?: string | undefined;
  /** Unless told, the campaign of the thread's latest message that has one. */
  campaignId?: string | undefined;
  /** Uploads of this member that go along, in this order. */
  attachmentIds?: readonly string[] | undefined;
  /** Let it disturb whatever the hour. */
  ignoreQuietHours?: boolean | undefined;
  /** Same key, same message. */
  dedupeKey: string;
}

/**
 * A member writes to a creator in their thread.
 * @throws DomainError `not_found` for the thread, `invalid_fields` for a channel or campaign that is not there, for a file that may not go
 * along, or for neither words nor files
 */
export async function replyInThread(tx: Tx, input: ReplyInput): Promise<MessageView> {
  const thread = await aboutThread(tx, input.threadId);
  await check(tx, input);
  const { messageId } = await queueMessage(tx, {
    creatorId: thread.creatorId,
    campaignId: input.campaignId ?? thread.campaignId,
    kind: 'chat',
    texts: { text: input.text, ...(input.subject !== undefined && { subject: input.subject }) },
    dedupeKey: `reply:${input.dedupeKey}`,
    automatic: false,
    purpose: 'conversation',
    preferredChannel: input.channel ?? null,
    authorMemberId: input.memberId,
    ignoreQuietHours: input.ignoreQuietHours ?? false,
  });
  await sendAlong(tx, messageId, input.attachmentIds ?? []);
  await markThreadRead(tx, input.threadId);
  audit(tx, { action: 'message.written', entity: 'message', entityId: messageId, campaignId: input.campaignId ?? thread.campaignId });
  await tx.em.flush();
  return getMessage(tx, messageId);
}

async function check(tx: Tx, { channel, campaignId, text, attachmentIds = [] }: ReplyInput): Promise<void> {
  const fields: FieldProblem[] = [];
  if (text.trim() === '' && attachmentIds.length === 0) fields.push({ path: 'text', message: 'Say something, or send a file along' });
  fields.push(...wrongChannel(tx.services, 'channel', channel));
  if (campaignId !== undefined) {
    const [campaign] = await tx.em.execute<{ id: string }[]>('select id from campaign where id = ?', [campaignId]);
    if (!campaign) fields.push({ path: 'campaignId', message: 'There is no such campaign' });
  }
  if (fields.length > 0) throw new DomainError('invalid_fields', { fields });
}
