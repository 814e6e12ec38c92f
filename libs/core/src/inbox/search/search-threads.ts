import { likePattern } from '../../db/like.js';
import type { Database } from '../../db/database.js';
import type { Scope } from '../../db/tx.js';
import type { Condition, Page, PageRequest } from '../../paging/index.js';
import type { SystemDatabase } from '../../system/system-database.js';
import { listThreads } from '../threads/list-threads.js';
import type { ThreadFilter } from '../threads/thread-filter.js';
import { addMatches } from './add-matches.js';
import { findThreads } from './find-threads.js';
import type { FoundThread } from './found-thread.js';
import { searchNearby } from './search-nearby.js';
import { inName, inText, searchWords } from './words.js';

/**
 * The inbox narrowed to threads in whose creator's name, or in one of whose messages, all words of `query` occur; in the order of
 * the inbox. Common words fill a page with the next few hundred threads; rarer ones are looked up by their index, and sorted.
 */
export async function searchThreads(
  parts: { db: Database; system: SystemDatabase },
  scope: Scope,
  query: string,
  page: PageRequest,
  filter: ThreadFilter,
): Promise<Page<FoundThread>> {
  const words = searchWords(query);
  if (words.length === 0) return { data: [], nextCursor: null };
  const nearby = await parts.db.inWorkspace(scope, (tx) => searchNearby(tx, words, page, filter));
  if (nearby !== 'not enough') return nearby;
  const hits = await findThreads(parts.system, scope.workspaceId, words);
  return parts.db.inWorkspace(scope, async (tx) => {
    const found = await listThreads(tx, page, filter, [hits === 'many' ? occurs(words) : isOneOf(hits)]);
    return { ...found, data: await addMatches(tx, found.data, words) };
  });
}

const isOneOf = (ids: readonly string[]): Condition => ({ sql: 't.id = any(?::uuid[])', params: [`{${ids.join(',')}}`] });

/** Without an index to help: on a walk along the whole inbox. */
function occurs(words: readonly string[]): Condition {
  const patterns = words.map(likePattern);
  return {
    sql: `(${inName(words)} or exists (select 1 from message s where s.thread_id = t.id and ${inText('s', words)}))`,
    params: [...patterns, ...patterns],
  };
}
