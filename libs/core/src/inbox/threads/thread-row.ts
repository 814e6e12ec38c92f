import { iso } from '../../db/instants.js';
import type { ThreadView } from './thread-view.js';

/** A line of the inbox as the database gives it. */
export interface ThreadRow {
  id: string;
  creator_id: string;
  name: string;
  last_message_at: string;
  last_preview: string;
  last_direction: 'in' | 'out';
  last_inbound_channel: string | null;
  unread: number;
  waiting_since: string | null;
  reply_due_at: string | null;
  snoozed_until: string | null;
  assignee_member_id: string | null;
  assignee_name: string | null;
  version: number;
}

export const threadColumns = `t.id, t.creator_id, c.name, t.last_message_at, t.last_preview, t.last_direction, t.last_inbound_channel, t.unread,
  t.waiting_since, t.reply_due_at, t.snoozed_until, t.assignee_member_id, a.name as assignee_name, t.version`;

/** What is shown of a thread `t` and is kept elsewhere. */
export const besideThread = 'join creator c on c.id = t.creator_id left join member a on a.id = t.assignee_member_id';
export const threadTables = `thread t ${besideThread}`;

export function presentThread(row: ThreadRow): ThreadView {
  return {
    id: row.id,
    creator: { id: row.creator_id, name: row.name },
    lastMessageAt: iso(row.last_message_at),
    preview: row.last_preview,
    lastDirection: row.last_direction,
    lastInboundChannel: row.last_inbound_channel,
    unread: row.unread,
    waitingSince: iso(row.waiting_since),
    replyDueAt: iso(row.reply_due_at),
    assignee: row.assignee_member_id === null ? null : { id: row.assignee_member_id, name: row.assignee_name ?? '' },
    snoozedUntil: iso(row.snoozed_until),
    version: row.version,
  };
}
