import { likePattern } from '../../db/like.js';
import { allOf, type Condition } from '../../paging/index.js';

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

/** All words in a message `m`. */
export const inText = (m: string, words: readonly string[]): Condition =>
  allOf(words.map((word) => (isPhrase(word) ? asWritten(`${m}.search_text ~ lower(?)`, word, phrasePattern) : asWritten(`${m}.search_text like lower(?)`, word, likePattern))));

/** All words in the name of the creator `c`. */
export const inName = (words: readonly string[]): Condition =>
  allOf(words.map((word) => (isPhrase(word) ? asWritten('c.name ~* ?', word, phrasePattern) : asWritten('c.name ilike ?', word, likePattern))));

/**
 * All words in one message of the thread `t`, or in its creator's name: as a condition of a walk along the inbox. Written so that it can
 * only be asked of one thread at a time: as `exists` the planner might read all messages beforehand instead.
 */
export function occurs(words: readonly string[]): Condition {
  const [text, name] = [inText('s', words), inName(words)];
  return {
    sql: `((select true from message s where s.thread_id = t.id and ${text.sql} limit 1)
        or (select true from creator c where c.id = t.creator_id and ${name.sql}))`,
    params: [...text.params, ...name.params],
  };
}

const isPhrase = (word: string): boolean => word.includes(' ');

/** Letters with marks (ü) are one character to most writers, and two to some phones and mail programs; both are found. */
function asWritten(sql: string, word: string, pattern: (word: string) => string): Condition {
  const forms = [...new Set([word, word.normalize('NFD')])];
  return { sql: forms.map(() => sql).join(' or '), params: forms.map(pattern) };
}

/** Mail programs break lines anywhere between words, and some put in spaces that don't break: a phrase goes across them. */
const phrasePattern = (phrase: string): string => phrase.replace(/[^\p{L}\p{N}\p{M} ]/gu, (sign) => (sign < '\x80' ? `\\${sign}` : sign)).replaceAll(' ', '[\\s\u00a0]+');
