import type { SystemDatabase } from '../../system/system-database.js';
import type { Effort } from './effort.js';
import { inName, inText, isSelective } from './words.js';

/** Threads that were found. */
export interface Hits {
  threads: number;
  /** Theirs, the way the database writes an array: thousands are not worth taking apart here. */
  ids: string;
  /** The ids’ hashes by `uuid_hash`, a quarter as long: two threads may have the same. */
  hashes: string;
}

/**
 * The threads of a workspace in whose creator's name or in one of whose messages all words occur; `many` when there are too
 * many to collect, or an index does not help.
 *
 * Under row-level security no index of texts is used, because comparing texts might tell of rows one may not see. So the ids are
 * looked up past it, with the workspace in the query, and whoever shows anything reads it again inside the workspace.
 */
export async function findThreads(system: SystemDatabase, workspaceId: string, words: readonly string[], { tooMany }: Effort): Promise<Hits | 'many'> {
  const selective = words.filter(isSelective);
  if (selective.length === 0) return 'many';
  const [text, name] = [inText('m', words), inName(words)];
  return system.transaction(async (em) => {
    const [index] = await em.execute<{ helps: boolean }[]>(trigrams(selective), selective);
    if (index?.helps !== true) return 'many';
    const [found] = await em.execute<{ hits: number; threads: number; ids: string | null; hashes: string | null }[]>(
      `select coalesce(sum(g.hits), 0)::int as hits, count(*)::int as threads, case when sum(g.hits) <= ? then array_agg(g.thread_id)::text end as ids,
              case when sum(g.hits) <= ? then array_agg(uuid_hash(g.thread_id))::text end as hashes
         from (
         select h.thread_id, count(*) as hits from (
           (select m.thread_id from message m where m.workspace_id = ? and ${text.sql} limit ?)
           union all
           (select t.id from creator c join thread t on t.creator_id = c.id where c.workspace_id = ? and ${name.sql} limit ?)
         ) h group by h.thread_id) g`,
      [tooMany, tooMany, workspaceId, ...text.params, tooMany + 1, workspaceId, ...name.params, tooMany + 1],
    );
    if (found === undefined || found.hits > tooMany) return 'many';
    return { threads: found.threads, ids: found.ids ?? '{}', hashes: found.hashes ?? '{}' };
  });
}

/**
 * Whether the index knows the letters of one of the words. The database is asked, because what it takes for a letter depends on its locale
 * (the plainest knows none but ASCII’s): without any, the whole index would be read, and then the whole table.
 */
const trigrams = (words: readonly string[]): string =>
  `select exists (select 1 from unnest(array[${words.map(() => '?').join(', ')}]::text[]) w, unnest(show_trgm(w)) g where g not like '% %') as helps`;
