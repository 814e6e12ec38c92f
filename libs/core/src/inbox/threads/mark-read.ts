import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../../db/tx.js';
import { hintDesk, hintThread } from '../hint-thread.js';
import { applyMarks } from '../sending/apply-marks.js';
import { recordEvents } from '../sending/record-event.js';
import { deliveriesOf, lockMessages } from '../sending/rows.js';
import { writeDeliveries } from '../sending/write-statuses.js';
import { cameInSince } from './came-in-since.js';

/** The team has read a thread, as far as it went when they said so: what came in since stays unread. @throws DomainError `not_found` */
export async function markThreadRead(tx: Tx, threadId: string): Promise<void> {
  const [found] = await tx.em.execute<{ unread: number }[]>('select unread from thread where id = ? for no key update', [threadId]);
  if (!found) throw new DomainError('not_found', { entity: 'thread' });
  const read = await tx.em.execute<{ id: string }[]>(
    `update message set read_at = ? where thread_id = ? and direction = 'in' and read_at is null and created_at <= ? returning id`,
    [tx.now, threadId, tx.now],
  );
  const left = found.unread > 0 ? (await cameInSince(tx, threadId)).unread : 0;
  if (found.unread !== left) await tx.em.execute('update thread set unread = ?, version = version + 1 where id = ?', [left, threadId]);
  // Only what changed: whoever reads again upon a hint, and says so, must not call forth another.
  if (found.unread !== left || read.length > 0) await hintThread(tx, threadId);
}

/**
 * A member puts a thread back among the unread, for later or for somebody else. Its messages stay as read as they are: when somebody of the
 * team saw them is a fact. @throws DomainError `not_found`
 */
export async function markThreadUnread(tx: Tx, threadId: string): Promise<void> {
  const [found] = await tx.em.execute<{ unread: number }[]>('select unread from thread where id = ? for no key update', [threadId]);
  if (!found) throw new DomainError('not_found', { entity: 'thread' });
  if (found.unread > 0) return;
  await tx.em.execute('update thread set unread = 1, version = version + 1 where id = ?', [threadId]);
  await hintDesk(tx, threadId);
}

/**
 * The creator has the thread before their eyes: what went to the app is read. Messages that went elsewhere stay as
 * their own channel says.
 * @param upTo the newest message that was before their eyes: what came after it is not read; otherwise all
 * @returns how many were not read before
 * @throws DomainError `not_found` when `upTo` is no message of theirs
 */
export async function markReadByCreator(tx: Tx, creatorId: string, upTo?: string): Promise<number> {
  const channels = tx.services.plugins.channels.filter((each) => each.traits.needsAppSession).map((each) => each.channel);
  if (channels.length === 0) return 0;
  if (upTo !== undefined) await assertOwn(tx, creatorId, upTo);
  const found = await tx.em.execute<{ id: string }[]>(
    `select distinct m.id from message m join delivery d on d.message_id = m.id
      where m.creator_id = ? and m.direction = 'out' and d.channel in (?) and d.status in ('unknown', 'sent', 'delivered')
        and (?::uuid is null or (m.created_at, m.id) <= (select created_at, id from message where id = ?::uuid))`,
    [creatorId, channels, upTo ?? null, upTo ?? null],
  );
  const messages = await lockMessages(tx, found.map(({ id }) => id));
  const deliveries = await deliveriesOf(tx, messages.map(({ id }) => id));
  const read = deliveries.filter((row) => channels.includes(row.channel) && ['unknown', 'sent', 'delivered'].includes(row.status));
  const marks = read.map(({ id }) => ({ id, status: 'read' as const, providerId: null, code: null, reason: null, notBefore: null }));
  await recordEvents(tx, read.map(({ id }) => ({ deliveryId: id, kind: 'read', providerKey: 'app:read', at: tx.now, raw: {} })));
  await writeDeliveries(tx, marks);
  await applyMarks(tx, new Map(messages.map((message) => [message.id, message])), deliveries, marks);
  return read.length;
}

/** How many messages in the app the creator has not read yet. */
export async function unreadOfCreator(tx: Tx, creatorId: string): Promise<number> {
  const channels = tx.services.plugins.channels.filter((each) => each.traits.needsAppSession).map((each) => each.channel);
  if (channels.length === 0) return 0;
  const [row] = await tx.em.execute<{ unread: number }[]>(
    `select count(*)::int as unread from message m
      where m.creator_id = ? and m.direction = 'out' and m.status <> 'read'
        and exists (select 1 from delivery d where d.message_id = m.id and d.channel in (?) and d.status in ('unknown', 'sent', 'delivered'))`,
    [creatorId, channels],
  );
  return row?.unread ?? 0;
}

async function assertOwn(tx: Tx, creatorId: string, messageId: string): Promise<void> {
  const [row] = await tx.em.execute<{ id: string }[]>('select id from message where id = ? and creator_id = ?', [messageId, creatorId]);
  if (!row) throw new DomainError('not_found', { entity: 'message' });
}
