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
  allOf(words.map((word) => ({ sql: `${m}.search_text ${isPlain(word) ? 'like' : '~'} lower(?)`, params: [patternOf(word)] })));

/** All words in the name of the creator `c`. */
export const inName = (words: readonly string[]): Condition =>
  allOf(words.map((word) => ({ sql: `c.name ${isPlain(word) ? 'ilike' : '~*'} ?`, params: [patternOf(word)] })));

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

/** How a word may have been typed: letters with marks (ü) are one character to most writers, and two to some phones and mail programs. */
const formsOf = (word: string): string[] => [...new Set([word, word.normalize('NFD')])];

/** Found as it stands, by the cheapest means there is. */
const isPlain = (word: string): boolean => !word.includes(' ') && formsOf(word).length === 1;

/** Otherwise by one expression for all its forms: asked as alternatives they are not looked up in the index. */
const patternOf = (word: string): string => (isPlain(word) ? likePattern(word) : formsOf(word).map(expressionOf).join('|'));

/** Mail programs break lines anywhere between words, and some put in spaces that don't break: a phrase goes across them. */
const expressionOf = (form: string): string => form.replace(/[!-/:-@[-`{-~]/g, '\\$&').replaceAll(' ', '[\\s\u00a0]+');
