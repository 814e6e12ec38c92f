import { defaultReplyRule, replyMoments, type ReplyRule } from '@sevenfold/domain/reply-clock';
import type { Tx } from '../../db/tx.js';
import { scheduleDue } from '../../engine/due.js';

/**
 * The first message of a creator that nobody has answered: from now on the team has the workspace's time to answer (D5). A
 * changed rule holds for the waits that begin after it.
 * @param since when they began to wait, for a message that was put here later
 */
export async function startReplyClock(tx: Tx, threadId: string, since: Date = tx.now): Promise<void> {
  const { rule, timeZone } = await replyRuleOf(tx);
  const { remindAt, dueAt } = replyMoments(since.getTime(), rule, timeZone);
  const [remind, due] = [remindAt === null ? null : new Date(remindAt), new Date(dueAt)];
  await tx.em.execute('update thread set reply_remind_at = ?, reply_due_at = ? where id = ?', [remind, due, threadId]);
  // Also by when it was begun: a message that was moved away and back begins a wait that began before, whose reminders may have passed by unsaid.
  const wait = `${threadId}:${since.toISOString()}:${tx.now.toISOString()}`;
  if (remind) await scheduleDue(tx, { kind: 'reply.remind', refId: threadId, dedupeKey: `reply.remind:${wait}`, dueAt: remind });
  await scheduleDue(tx, { kind: 'reply.overdue', refId: threadId, dedupeKey: `reply.overdue:${wait}`, dueAt: due });
}

async function replyRuleOf(tx: Tx): Promise<{ rule: ReplyRule; timeZone: string }> {
  const [row] = await tx.em.execute<{ rule: Partial<ReplyRule> | null; time_zone: string }[]>(
    `select settings -> 'replyRule' as rule, time_zone from workspace where id = ?`,
    [tx.workspaceId],
  );
  if (!row) throw new Error('The workspace of this transaction is not there');
  return { rule: { ...defaultReplyRule, ...row.rule }, timeZone: row.time_zone };
}
