import type { Condition } from '../../paging/index.js';

/** What the inbox is narrowed to; everything given must hold. */
export interface ThreadFilter {
  unread?: boolean | undefined;
  /** The last human message is the creator's, and nobody has said that it needs no answer. */
  waiting?: boolean | undefined;
  /** Overdue for an answer. */
  overdue?: boolean | undefined;
  /** A member's id; `none` for threads that are nobody's. */
  assignee?: string | undefined;
  /** True shows what sleeps, false what doesn't; both unless told. */
  snoozed?: boolean | undefined;
  /** Threads with a message of this campaign. */
  campaignId?: string | undefined;
  /** Threads with a message of a campaign of this client. */
  clientId?: string | undefined;
  creatorId?: string | undefined;
  /** Threads with a message over this channel. */
  channel?: string | undefined;
}

/** Conditions on the thread `t` itself. */
export function threadConditions({ unread, waiting, overdue, assignee, snoozed, creatorId }: ThreadFilter, now: Date): Condition[] {
  const found: Condition[] = [];
  if (unread !== undefined) found.push({ sql: unread ? 't.unread > 0' : 't.unread = 0', params: [] });
  if (waiting !== undefined) found.push({ sql: `t.waiting_since is ${waiting ? 'not null' : 'null'}`, params: [] });
  if (overdue === true) found.push({ sql: 't.reply_due_at <= ?', params: [now] });
  if (overdue === false) found.push({ sql: '(t.reply_due_at is null or t.reply_due_at > ?)', params: [now] });
  if (assignee === 'none') found.push({ sql: 't.assignee_member_id is null', params: [] });
  else if (assignee !== undefined) found.push({ sql: 't.assignee_member_id = ?', params: [assignee] });
  if (snoozed === true) found.push({ sql: 't.snoozed_until is not null and t.snoozed_until > ?', params: [now] });
  if (snoozed === false) found.push({ sql: '(t.snoozed_until is null or t.snoozed_until <= ?)', params: [now] });
  if (creatorId !== undefined) found.push({ sql: 't.creator_id = ?', params: [creatorId] });
  return found;
}

/** The facets asked for, the one that usually leaves fewest threads first. */
export function facetsOf({ campaignId, clientId, channel }: ThreadFilter): string[] {
  return [
    ...(campaignId === undefined ? [] : [`campaign:${campaignId}`]),
    ...(clientId === undefined ? [] : [`client:${clientId}`]),
    ...(channel === undefined ? [] : [`channel:${channel}`]),
  ];
}
