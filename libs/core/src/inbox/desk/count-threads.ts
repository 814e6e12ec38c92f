import type { Tx } from '../../db/tx.js';

/** How many threads there are to look at; `most` stands for that many or more. */
export interface ThreadCounts {
  unread: number;
  waiting: number;
  /** Of those waiting: the time to answer is over. */
  overdue: number;
  /** Of those waiting: given to me. */
  mine: number;
  /** Of those waiting: nobody's. */
  nobodys: number;
  snoozed: number;
  most: number;
}

/** Beyond this nobody reads the number, and counting on would cost. */
const most = 10_000;

/** The numbers beside the inbox, of the threads it lists. What sleeps is counted as such only. */
export async function countThreads(tx: Tx, memberId: string | null): Promise<ThreadCounts> {
  const awake = '(snoozed_until is null or snoozed_until <= ?)';
  const count = (where: string): string => `(select count(*)::int from (select 1 from thread where last_message_at is not null and ${where} limit ${most}) counted)`;
  const [row] = await tx.em.execute<Omit<ThreadCounts, 'most'>[]>(
    `select ${count(`unread > 0 and ${awake}`)} as unread,
            ${count(`waiting_since is not null and ${awake}`)} as waiting,
            ${count(`waiting_since is not null and reply_due_at <= ? and ${awake}`)} as overdue,
            ${count(`waiting_since is not null and assignee_member_id = ? and ${awake}`)} as mine,
            ${count(`waiting_since is not null and assignee_member_id is null and ${awake}`)} as nobodys,
            ${count('snoozed_until is not null and snoozed_until > ?')} as snoozed`,
    [tx.now, tx.now, tx.now, tx.now, memberId, tx.now, tx.now, tx.now],
  );
  return { unread: 0, waiting: 0, overdue: 0, mine: 0, nobodys: 0, snoozed: 0, ...row, most };
}
