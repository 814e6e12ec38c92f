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

/**
 * Some hours before the end: the assignee is reminded, else the campaign's channel. Not when the end has come meanwhile (an outage, a message
 * that was put into the thread days later): that is told by itself, and nothing is due any more.
 */
export const remindToReply: DueHandler = (tx, call) => remind(tx, call, 'reply-due', 't.reply_remind_at <= clock.now and t.reply_due_at > clock.now');

/** At the end, once more. */
export const replyIsOverdue: DueHandler = (tx, call) => remind(tx, call, 'reply-overdue', 't.reply_due_at <= clock.now');

async function remind(tx: Tx, { refId }: DueCall, kind: 'reply-due' | 'reply-overdue', isTime: string): Promise<string> {
  const [thread] = await tx.em.execute<Waiting[]>(
    `select t.creator_id, c.name, t.waiting_since, t.reply_due_at, t.assignee_member_id, a.name as assignee,
            ${campaignOfThread('t')} as campaign_id
       from (select ?::timestamptz as now) clock, thread t join creator c on c.id = t.creator_id left join member a on a.id = t.assignee_member_id and a.removed_at is null and a.role <> 'client-reviewer'
      where t.id = ? and t.waiting_since is not null and ${isTime}
        for no key update of t`,
    [tx.now, refId],
  );
  // Answered meanwhile; or answered, and written again, and that wait has reminders of its own; or too late to remind.
  if (!thread) return 'nothing to remind of';
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
