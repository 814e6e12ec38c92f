import { DomainError } from '@sevenfold/domain/errors';
import { rawInstant } from '../../db/raw-instant.js';
import type { Tx } from '../../db/tx.js';
import { allOf, readInstantCursor, toPage, type Condition, type Page, type PageRequest } from '../../paging/index.js';
import type { ThreadView } from './thread-view.js';

export interface ThreadFilter {
  unread?: boolean | undefined;
  /** Threads with a message of this campaign. */
  campaignId?: string | undefined;
  creatorId?: string | undefined;
  /** Threads with a message over this channel. */
  channel?: string | undefined;
}

interface Row {
  id: string;
  creator_id: string;
  name: string;
  last_message_at: string;
  last_preview: string;
  last_direction: 'in' | 'out';
  last_inbound_channel: string | null;
  unread: number;
  version: number;
}

const columns = `t.id, t.creator_id, c.name, t.last_message_at, t.last_preview, t.last_direction, t.last_inbound_channel, t.unread, t.version`;

/** The inbox, the latest message first; one indexed query, because the thread's row carries all that is shown. */
export async function listThreads(tx: Tx, page: PageRequest, filter: ThreadFilter = {}): Promise<Page<ThreadView>> {
  const where = allOf([{ sql: 't.last_message_at is not null', params: [] }, ...conditions(filter), ...after(page.cursor)]);
  const rows = await tx.em.execute<Row[]>(
    `select ${columns} from thread t join creator c on c.id = t.creator_id
      where ${where.sql} order by t.last_message_at desc, t.id desc limit ?`,
    [...where.params, page.limit + 1],
  );
  return toPage(rows, page.limit, (row) => ({ key: rawInstant(row.last_message_at).toISOString(), id: row.id }), present);
}

/** @throws DomainError `not_found` also for a thread without a message */
export async function getThread(tx: Tx, threadId: string): Promise<ThreadView> {
  const [row] = await tx.em.execute<Row[]>(
    `select ${columns} from thread t join creator c on c.id = t.creator_id where t.id = ? and t.last_message_at is not null`,
    [threadId],
  );
  if (!row) throw new DomainError('not_found', { entity: 'thread' });
  return present(row);
}

function conditions({ unread, campaignId, creatorId, channel }: ThreadFilter): Condition[] {
  const found: Condition[] = [];
  if (unread !== undefined) found.push({ sql: unread ? 't.unread > 0' : 't.unread = 0', params: [] });
  if (creatorId !== undefined) found.push({ sql: 't.creator_id = ?', params: [creatorId] });
  if (campaignId !== undefined) {
    found.push({ sql: 'exists (select 1 from message m where m.thread_id = t.id and m.campaign_id = ?)', params: [campaignId] });
  }
  if (channel !== undefined) {
    found.push({ sql: 'exists (select 1 from message m where m.thread_id = t.id and m.channel = ?)', params: [channel] });
  }
  return found;
}

function after(cursor: string | undefined): Condition[] {
  const position = readInstantCursor(cursor);
  return position === null ? [] : [{ sql: '(t.last_message_at, t.id) < (?::timestamptz, ?::uuid)', params: [position.key, position.id] }];
}

function present(row: Row): ThreadView {
  return {
    id: row.id,
    creator: { id: row.creator_id, name: row.name },
    lastMessageAt: rawInstant(row.last_message_at),
    preview: row.last_preview,
    lastDirection: row.last_direction,
    lastInboundChannel: row.last_inbound_channel,
    unread: row.unread,
    version: row.version,
  };
}
