import type { Tx } from '../../db/tx.js';
import { preview } from '../preview.js';

/** What a thread's messages say its row must. What machines wrote counts for nothing. */
export interface ThreadStanding {
  lastMessageAt: string | null;
  lastPreview: string | null;
  lastDirection: 'in' | 'out' | null;
  lastInboundChannel: string | null;
  unread: number;
}

/** Whether a message `m` is an entry of the inbox: everything but what a machine wrote to us. */
export const countsInInbox = `not (m.direction = 'in' and m.automatic)`;

/** Works a thread's row out from its messages. */
export async function standingOf(tx: Tx, threadId: string): Promise<ThreadStanding> {
  const [last] = await tx.em.execute<{ at: string; direction: 'in' | 'out'; text: string; tail: number | null; files: string | null }[]>(
    `select m.created_at as at, m.direction, m.text, m.quoted_from as tail,
            (select string_agg(a.filename, ', ' order by a.position) from message_attachment a where a.message_id = m.id and a.role = 'attachment') as files
       from message m where m.thread_id = ? and ${countsInInbox} order by m.created_at desc, m.id desc limit 1`,
    [threadId],
  );
  const [inbound] = await tx.em.execute<{ channel: string | null; unread: number }[]>(
    `select (array_agg(m.channel order by m.created_at desc, m.id desc))[1] as channel, (count(*) filter (where m.read_at is null))::int as unread
       from message m where m.thread_id = ? and m.direction = 'in' and not m.automatic`,
    [threadId],
  );
  const words = last && preview(last.text.slice(0, last.tail ?? undefined));
  return {
    lastMessageAt: last?.at ?? null,
    lastPreview: words === '' ? [...(last?.files ?? '')].slice(0, 140).join('') : (words ?? null),
    lastDirection: last?.direction ?? null,
    lastInboundChannel: inbound?.channel ?? null,
    unread: inbound?.unread ?? 0,
  };
}

/**
 * Writes a thread's row anew after its messages were put elsewhere. Who waits is the caller's to say: only the row knows what needed no answer.
 * @param unread change of the number of unread messages: a thread that woke, or was marked unread, counts one that is not there
 */
export async function recountThread(tx: Tx, threadId: string, unread: number): Promise<void> {
  const standing = await standingOf(tx, threadId);
  await tx.em.execute(
    `update thread set version = version + 1, last_message_at = ?, last_preview = ?, last_direction = ?, last_inbound_channel = ?,
            unread = case when ?::timestamptz is null then 0 else greatest(unread + ?, 0) end
      where id = ?`,
    [standing.lastMessageAt, standing.lastPreview, standing.lastDirection, standing.lastInboundChannel, standing.lastMessageAt, unread, threadId],
  );
}
