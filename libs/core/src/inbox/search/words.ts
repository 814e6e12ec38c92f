import { likePattern } from '../../db/like.js';
import type { Condition } from '../../paging/index.js';

/** The longest query that is read; what comes after is ignored. */
const most = 12;

/**
 * What is looked for: words, and phrases in quotes, each of which must occur, in any order and case. At most 12.
 * `"spring sale" ana` → `['spring sale', 'ana']`
 */
export function searchWords(query: string): string[] {
  const found = [...query.normalize('NFC').matchAll(/"([^"]+)"|([^\s"]+)/g)].map((match) => (match[1] ?? match[2] ?? '').replace(/\s+/g, ' ').trim());
  return [...new Set(found.filter((word) => word !== ''))].slice(0, most);
}

/** Whether an index of trigrams can help: it needs three letters or digits in a row. */
export const isSelective = (word: string): boolean => /[\p{L}\p{N}]{3}/u.test(word);

/** All words in a message `m`; one parameter each. */
export const inText = (m: string, words: readonly string[]): string => words.map(() => `${m}.search_text like lower(?)`).join(' and ');

/** All words in the name of the creator `c`; one parameter each. */
export const inName = (words: readonly string[]): string => words.map(() => 'c.name ilike ?').join(' and ');

/**
 * All words in one message of the thread `t`, or in its creator's name: as a condition of a walk along the inbox. Written so that it can
 * only be asked of one thread at a time: as `exists` the planner might read all messages beforehand instead.
 */
export function occurs(words: readonly string[]): Condition {
  const patterns = words.map(likePattern);
  return {
    sql: `((select true from message s where s.thread_id = t.id and ${inText('s', words)} limit 1)
        or (select true from creator c where c.id = t.creator_id and ${inName(words)}))`,
    params: [...patterns, ...patterns],
  };
}
