import { rawInstantOrNull } from '../../db/raw-instant.js';
import type { Tx } from '../../db/tx.js';

/**
 * What the creator has sent after a member pressed something, which they cannot have meant: their transaction began before, and waited for the
 * one that brought it in. Ask with the thread's row locked.
 * @returns when the first of it came, null when there is none; and how much of it nobody has read
 */
export async function cameInSince(tx: Tx, threadId: string): Promise<{ first: Date | null; unread: number }> {
  const [row] = await tx.em.execute<{ first: string | null; unread: number }[]>(
    `select min(created_at) as first, (count(*) filter (where read_at is null))::int as unread
       from message where thread_id = ? and direction = 'in' and not automatic and created_at > ?`,
    [threadId, tx.now],
  );
  return { first: rawInstantOrNull(row?.first ?? null), unread: row?.unread ?? 0 };
}
