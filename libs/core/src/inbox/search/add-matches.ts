import { rawInstant } from '../../db/raw-instant.js';
import type { Tx } from '../../db/tx.js';
import type { ThreadView } from '../threads/thread-view.js';
import type { FoundThread } from './found-thread.js';
import { snippet } from './snippet.js';
import { inText } from './words.js';

/** Shows for each thread the newest message that has all words. */
export async function addMatches(tx: Tx, threads: readonly ThreadView[], words: readonly string[]): Promise<FoundThread[]> {
  if (threads.length === 0) return [];
  const has = inText('s', words);
  const rows = await tx.em.execute<{ thread_id: string; id: string; created_at: string; content: string }[]>(
    `select t.id as thread_id, m.id, m.created_at, m.content from unnest(?::uuid[]) as t(id)
       cross join lateral (
         select s.id, s.created_at, coalesce(s.subject || ' · ', '') || s.text as content from message s
          where s.thread_id = t.id and ${has.sql}
          order by s.created_at desc, s.id desc limit 1) m`,
    [`{${threads.map(({ id }) => id).join(',')}}`, ...has.params],
  );
  const byThread = new Map(rows.map((row) => [row.thread_id, row]));
  return threads.map((thread) => {
    const row = byThread.get(thread.id);
    return { ...thread, match: row === undefined ? null : { messageId: row.id, at: rawInstant(row.created_at), snippet: snippet(row.content, words) } };
  });
}
