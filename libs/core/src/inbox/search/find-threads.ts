import { likePattern } from '../../db/like.js';
import type { SystemDatabase } from '../../system/system-database.js';
import { inName, inText, isSelective } from './words.js';

/** More hits than this are not collected: then a walk along the inbox finds a page sooner. */
const tooMany = 10_000;

/**
 * The threads of a workspace in whose creator's name or in one of whose messages all words occur; `many` when there are too many
 * to collect, or the words are too short for an index.
 *
 * Under row-level security no index of texts is used, because comparing texts might tell of rows one may not see. So the ids are
 * looked up past it, with the workspace in the query, and whoever shows anything reads it again inside the workspace.
 */
export async function findThreads(system: SystemDatabase, workspaceId: string, words: readonly string[]): Promise<string[] | 'many'> {
  if (!words.some(isSelective)) return 'many';
  const patterns = words.map(likePattern);
  return system.transaction(async (em) => {
    const rows = await em.execute<{ thread_id: string }[]>(
      `(select m.thread_id from message m where m.workspace_id = ? and ${inText('m', words)} limit ?)
       union all
       (select t.id from creator c join thread t on t.creator_id = c.id where c.workspace_id = ? and ${inName(words)} limit ?)`,
      [workspaceId, ...patterns, tooMany + 1, workspaceId, ...patterns, tooMany + 1],
    );
    return rows.length > tooMany ? 'many' : [...new Set(rows.map((row) => row.thread_id))];
  });
}
