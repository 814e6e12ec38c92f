import { DomainError } from '@sevenfold/domain/errors';
import { Writing } from '../broadcasts/recipients/writing.js';
import type { Tx } from '../db/tx.js';
import { aboutThread } from '../inbox/threads/campaign-of-thread.js';
import { getSavedReply } from './saved-replies.js';

export interface FilledReply {
  text: string;
  subject: string | null;
}

/**
 * A saved reply with its variables filled for the creator of a thread, to be looked over and sent. Its campaign is that of the
 * thread's latest message that has one, unless told.
 * @throws DomainError `not_found`; `invalid_fields` for a campaign that is not there; `missing_variables` naming what has no value
 */
export async function fillSavedReply(tx: Tx, input: { savedReplyId: string; threadId: string; campaignId?: string | undefined; memberId: string }): Promise<FilledReply> {
  const reply = await getSavedReply(tx, input.savedReplyId);
  const thread = await aboutThread(tx, input.threadId);
  if (input.campaignId !== undefined) await assertCampaign(tx, input.campaignId);
  const writing = await Writing.of(tx, {
    texts: { text: reply.text, ...(reply.subject !== null && { subject: reply.subject }) },
    campaignId: input.campaignId ?? thread.campaignId, channel: null, purpose: 'conversation', authorMemberId: input.memberId,
  });
  // By a partial that was changed since: what stands in for the link here must not be sent.
  if (writing.variables.includes('link')) throw new DomainError('missing_variables', { variables: ['link'] });
  const filled = await writing.words(tx, thread.creatorId);
  return { text: filled.text, subject: reply.subject === null ? null : (filled.subject ?? null) };
}

async function assertCampaign(tx: Tx, campaignId: string): Promise<void> {
  const [campaign] = await tx.em.execute<{ id: string }[]>('select id from campaign where id = ?', [campaignId]);
  if (!campaign) throw new DomainError('invalid_fields', { fields: [{ path: 'campaignId', message: 'There is no such campaign' }] });
}
