import type { Tx } from '../../db/tx.js';
import type { Page, PageRequest } from '../../paging/index.js';
import { listThreadsNearby } from '../threads/list-threads.js';
import type { ThreadFilter } from '../threads/thread-filter.js';
import type { ThreadView } from '../threads/thread-view.js';
import type { Effort } from './effort.js';
import { occurs } from './words.js';

/**
 * A page from among the next threads of the inbox, when it is full or there are no more threads than those. The first of them tell how
 * common the words are, and whether it is worth to go on.
 */
export async function searchNearby(
  tx: Tx, words: readonly string[], page: PageRequest, filter: ThreadFilter, { near, dense, far }: Effort,
): Promise<Page<ThreadView> | 'not enough'> {
  for (const depth of [near, far]) {
    const { found, complete } = await listThreadsNearby(tx, page, filter, [occurs(words)], depth);
    if (complete) return found;
    if (found.data.length < dense) break;
  }
  return 'not enough';
}
