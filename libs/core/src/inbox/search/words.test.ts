import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { snippet } from './snippet.js';
import { isSelective, searchWords } from './words.js';

describe('a query', () => {
  test.each([
    ['ana  contract', ['ana', 'contract']],
    ['"spring  sale" ana', ['spring sale', 'ana']],
    ['ana ana', ['ana']],
    ['"open quote', ['open', 'quote']],
    ['   ', []],
  ])('%s', (query, words) => expect(searchWords(query)).toEqual(words));

  test('of any text is a bounded list of words that are not empty', () => {
    fc.assert(fc.property(fc.string(), (query) => {
      const words = searchWords(query);
      expect(words.length).toBeLessThanOrEqual(12);
      expect(words.every((word) => word.trim() !== '')).toBe(true);
    }));
  });

  test('can be looked up by an index from three letters on', () => expect(['ab', 'a-b', 'abc', 'äöü'].map(isSelective)).toEqual([false, false, true, true]));
});

describe('a snippet', () => {
  test('shows the surroundings of the word, on one line', () => {
    const text = `${'before '.repeat(20)}the\nCONTRACT${' after'.repeat(40)}`;
    expect(snippet(text, ['contract'])).toMatch(/^….{30,40}the CONTRACT after.*…$/);
  });
  test('of a short text is the text', () => expect(snippet('Hi  there', ['there'])).toBe('Hi there'));
});
