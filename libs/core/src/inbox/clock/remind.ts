import { rawInstant } from '../../db/raw-instant.js';
import type { Tx } from '../../db/tx.js';
import type { DueCall, DueHandler } from '../../engine/sweeper/due-handlers.js';
import { tellTeam } from '../../notices/tell-team.js';
import { campaignOfThread } from '../threads/campaign-of-thread.js';

interface Waiting {
  creator_id: string;
  name: string;
  waiting_since: string;
  reply_due_at: string;
  assignee_member_id: string | null;
  assignee: string | null;
  campaign_id: string | null;
}

/** Some hours before the end: the assignee is reminded, else the campaign's channel. */
export const remindToReply: DueHandler = (tx, call) => remind(tx, call, 'reply-due', 'reply_remind_at');

/** At the end, once more. */
export const replyIsOverdue: DueHandler = (tx, call) => remind(tx, call, 'reply-overdue', 'reply_due_at');

async function remind(tx: Tx, { refId }: DueCall, kind: 'reply-due' | 'reply-overdue', moment: 'reply_remind_at' | 'reply_due_at'): Promise<string> {
  const [thread] = await tx.em.execute<Waiting[]>(
    `select t.creator_id, c.name, t.waiting_since, t.reply_due_at, t.assignee_member_id, a.name as assignee,
            ${campaignOfThread('t')} as campaign_id
       from thread t join creator c on c.id = t.creator_id left join member a on a.id = t.assignee_member_id and a.removed_at is null and a.role <> 'client-reviewer'
      where t.id = ? and t.waiting_since is not null and t.${moment} <= ?
        for no key update of t`,
    [refId, tx.now],
  );
  // Answered meanwhile; or answered, and written again, and that wait has reminders of its own.
  if (!thread) return 'nobody waits for this one';
  const since = rawInstant(thread.waiting_since).toISOString();
  await tellTeam(tx, {
    kind,
    creatorId: thread.creator_id,
    campaignId: thread.campaign_id,
    refId,
    forMemberId: thread.assignee === null ? null : thread.assignee_member_id,
    dedupeKey: `${kind}:${refId}:${since}`,
    data: { creator: thread.name, since, dueAt: rawInstant(thread.reply_due_at).toISOString(), member: thread.assignee },
    asks: true,
  });
  return 'reminded';
}
