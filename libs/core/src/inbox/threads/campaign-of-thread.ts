import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../../db/tx.js';

/** The campaign a thread `t` is about at the moment: that of its latest message that has one. */
export const campaignOfThread = (t: string): string =>
  `(select m.campaign_id from message m where m.thread_id = ${t}.id and m.campaign_id is not null order by m.created_at desc, m.id desc limit 1)`;

/** Whose thread it is, and what it is about. @throws DomainError `not_found` */
export async function aboutThread(tx: Tx, threadId: string): Promise<{ creatorId: string; campaignId: string | null }> {
  const [thread] = await tx.em.execute<{ creator_id: string; campaign_id: string | null }[]>(
    `select t.creator_id, ${campaignOfThread('t')} as campaign_id from thread t where t.id = ?`, [threadId],
  );
  if (!thread) throw new DomainError('not_found', { entity: 'thread' });
  return { creatorId: thread.creator_id, campaignId: thread.campaign_id };
}
