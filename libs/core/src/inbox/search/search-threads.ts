import type { Database } from '../../db/database.js';
import type { Scope, Tx } from '../../db/tx.js';
import type { Condition, Page, PageRequest } from '../../paging/index.js';
import type { SystemDatabase } from '../../system/system-database.js';
import { listThreads } from '../threads/list-threads.js';
import type { ThreadFilter } from '../threads/thread-filter.js';
import type { ThreadView } from '../threads/thread-view.js';
import { addMatches } from './add-matches.js';
import { findThreads } from './find-threads.js';
import { likePattern, searchWords } from './words.js';

/** A thread that was found, and where. */
export interface FoundThread extends ThreadView {
  /** The newest message in which all words occur; null when the creator's name has them. */
  match: { messageId: string; at: Date; snippet: string } | null;
}

/**
 * The inbox narrowed to threads in whose creator's name, or in one of whose messages, all words of `query` occur; in the order of
 * the inbox. Rare words are looked up and then sorted, common ones are met on the way along the inbox.
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
  const hits = await findThreads(parts.system, scope.workspaceId, words);
  return parts.db.inWorkspace(scope, async (tx) => {
    const found = await listThreads(tx, page, filter, [hits === 'many' ? occurs(words) : isOneOf(hits)]);
    return { ...found, data: await withMatches(tx, found.data, words) };
  });
}

const isOneOf = (ids: readonly string[]): Condition => ({ sql: 't.id = any(?::uuid[])', params: [`{${ids.join(',')}}`] });

function occurs(words: readonly string[]): Condition {
  const patterns = words.map(likePattern);
  const all = (text: string): string => patterns.map(() => `${text} ilike ?`).join(' and ');
  return {
    sql: `(${all('c.name')} or exists (select 1 from message s where s.thread_id = t.id and ${all(`(coalesce(s.subject, '') || ' ' || s.text)`)}))`,
    params: [...patterns, ...patterns],
  };
}

const withMatches = (tx: Tx, threads: readonly ThreadView[], words: readonly string[]): Promise<FoundThread[]> =>
  threads.length === 0 ? Promise.resolve([]) : addMatches(tx, threads, words);
