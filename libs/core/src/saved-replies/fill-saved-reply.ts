import { DomainError } from '@sevenfold/domain/errors';
import { Writing } from '../broadcasts/recipients/writing.js';
import type { Tx } from '../db/tx.js';
import { getSavedReply } from './saved-replies.js';

export interface FilledReply {
  text: string;
  subject: string | null;
}

/**
 * A saved reply with its variables filled for the creator of a thread, to be looked over and sent. Its campaign is that of the
 * thread's latest message that has one, unless told.
 * @throws DomainError `not_found`; `missing_variables` naming what has no value
 */
export async function fillSavedReply(tx: Tx, input: { savedReplyId: string; threadId: string; campaignId?: string | undefined; memberId: string }): Promise<FilledReply> {
  const reply = await getSavedReply(tx, input.savedReplyId);
  const [thread] = await tx.em.execute<{ creator_id: string; campaign_id: string | null }[]>(
    `select t.creator_id, (select m.campaign_id from message m where m.thread_id = t.id and m.campaign_id is not null
                            order by m.created_at desc, m.id desc limit 1) as campaign_id
       from thread t where t.id = ?`,
    [input.threadId],
  );
  if (!thread) throw new DomainError('not_found', { entity: 'thread' });
  const writing = await Writing.of(tx, {
    texts: { text: reply.text, ...(reply.subject !== null && { subject: reply.subject }) },
    campaignId: input.campaignId ?? thread.campaign_id, channel: null, purpose: 'conversation', authorMemberId: input.memberId,
  });
  const filled = await writing.words(tx, thread.creator_id);
  return { text: filled.text, subject: reply.subject === null ? null : (filled.subject ?? null) };
}
