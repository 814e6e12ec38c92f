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

/** Whether an index of trigrams helps: it needs three letters or digits in a row. */
export const isSelective = (word: string): boolean => /[\p{L}\p{N}]{3}/u.test(word);

/** All words in a message `m`; one parameter each. */
export const inText = (m: string, words: readonly string[]): string => words.map(() => `${m}.search_text like lower(?)`).join(' and ');

/** All words in the name of the creator `c`; one parameter each. */
export const inName = (words: readonly string[]): string => words.map(() => 'c.name ilike ?').join(' and ');
