import type { Tx } from '../../db/tx.js';
import type { Condition, Page, PageRequest } from '../../paging/index.js';
import { listThreads, listThreadsNearby } from '../threads/list-threads.js';
import type { ThreadFilter } from '../threads/thread-filter.js';
import type { ThreadView } from '../threads/thread-view.js';
import type { Effort } from './effort.js';
import type { Hits } from './find-threads.js';
import { occurs } from './words.js';

/** A page of the inbox with the threads that were found by these words only. */
export async function listHits(
  tx: Tx, hits: Hits, words: readonly string[], page: PageRequest, filter: ThreadFilter, { thick, along }: Effort,
): Promise<Page<ThreadView>> {
  if (hits.threads > thick) {
    const { found, complete } = await listThreadsNearby(tx, page, filter, [mayBeOneOf(hits), occurs(words)], along);
    if (complete) return found;
  }
  return listThreads(tx, page, filter, [{ sql: 't.id = any(?::uuid[])', params: [hits.ids] }]);
}

/** As a value, not a condition to join by: then the walk keeps its order, and ends where the page is full. */
const mayBeOneOf = ({ hashes }: Hits): Condition => ({ sql: '(uuid_hash(t.id) in (select unnest(?::int[]))) is true', params: [hashes] });
