import type { Database } from '../../db/database.js';
import type { Scope } from '../../db/tx.js';
import type { Page, PageRequest } from '../../paging/index.js';
import type { SystemDatabase } from '../../system/system-database.js';
import { listThreads } from '../threads/list-threads.js';
import type { ThreadFilter } from '../threads/thread-filter.js';
import { addMatches } from './add-matches.js';
import { usualEffort } from './effort.js';
import { findThreads } from './find-threads.js';
import type { FoundThread } from './found-thread.js';
import { listHits } from './list-hits.js';
import { searchNearby } from './search-nearby.js';
import { occurs, searchWords } from './words.js';

/**
 * The inbox narrowed to threads in whose creator's name, or in one of whose messages, all words of `query` occur; in the order of
 * the inbox. Common words fill a page with the next threads; rarer ones are looked up by their index, and sorted.
 */
export async function searchThreads(
  parts: { db: Database; system: SystemDatabase },
  scope: Scope,
  query: string,
  page: PageRequest,
  filter: ThreadFilter,
  effort = usualEffort,
): Promise<Page<FoundThread>> {
  const words = searchWords(query);
  if (words.length === 0) return { data: [], nextCursor: null };
  const nearby = await parts.db.reading(scope, async (tx) => {
    const found = await searchNearby(tx, words, page, filter, effort);
    return found === 'not enough' ? found : { ...found, data: await addMatches(tx, found.data, words) };
  });
  if (nearby !== 'not enough') return nearby;
  const hits = await findThreads(parts.system, scope.workspaceId, words, effort);
  if (hits !== 'many' && hits.threads === 0) return { data: [], nextCursor: null };
  return parts.db.reading(scope, async (tx) => {
    const found = await (hits === 'many' ? listThreads(tx, page, filter, [occurs(words)]) : listHits(tx, hits, words, page, filter, effort));
    return { ...found, data: await addMatches(tx, found.data, words) };
  });
}
