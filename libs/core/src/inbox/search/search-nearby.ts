import { likePattern } from '../../db/like.js';
import type { Tx } from '../../db/tx.js';
import { writeCursor, type Page, type PageRequest } from '../../paging/index.js';
import { listThreads } from '../threads/list-threads.js';
import type { ThreadFilter } from '../threads/thread-filter.js';
import { addMatches } from './add-matches.js';
import type { FoundThread } from './found-thread.js';
import { inName, inText } from './words.js';

/** Reading so many threads costs about as much as looking a word up. */
const near = 300;

/** A page from among the next few hundred threads, when it is full or there are no more threads than those. */
export async function searchNearby(tx: Tx, words: readonly string[], page: PageRequest, filter: ThreadFilter): Promise<Page<FoundThread> | 'not enough'> {
  const window = await listThreads(tx, { ...page, limit: Math.max(near, page.limit) }, filter);
  const matching = await whichMatch(tx, window.data.map(({ id }) => id), words);
  const found = window.data.filter(({ id }) => matching.has(id));
  if (found.length <= page.limit && window.nextCursor !== null) return 'not enough';
  const data = found.slice(0, page.limit);
  const last = data.at(-1);
  const nextCursor = found.length > page.limit && last ? writeCursor({ key: last.lastMessageAt.toISOString(), id: last.id }) : null;
  return { data: await addMatches(tx, data, words), nextCursor };
}

async function whichMatch(tx: Tx, ids: readonly string[], words: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const patterns = words.map(likePattern);
  const list = `{${ids.join(',')}}`;
  const rows = await tx.em.execute<{ id: string }[]>(
    `select m.thread_id as id from message m where m.thread_id = any(?::uuid[]) and ${inText('m', words)}
     union select t.id from thread t join creator c on c.id = t.creator_id where t.id = any(?::uuid[]) and ${inName(words)}`,
    [list, ...patterns, list, ...patterns],
  );
  return new Set(rows.map(({ id }) => id));
}
