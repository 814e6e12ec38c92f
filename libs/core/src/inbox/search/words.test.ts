import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { preview } from '../preview.js';
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
  test('begins and ends between characters, and at the word whatever stands before it', () => {
    const shown = snippet(`${'😀'.repeat(60)}x needle ${'😀'.repeat(200)}`, ['needle']);
    expect(shown.isWellFormed()).toBe(true);
    expect(shown).toContain('needle');
    // In lower case each of these is two characters.
    expect(snippet(`${'İ'.repeat(300)} needle`, ['NEEDLE'])).toMatch(/^…İ{39} needle$/);
    expect(snippet(`${'x'.repeat(300)} Mu\u0308ller (a+b)`, ['müller', '(a+b)'])).toMatch(/^…x{39} Müller \(a\+b\)$/);
  });
  test('of a short text is the text', () => expect(snippet('Hi  there', ['there'])).toBe('Hi there'));
});

test('a line of the inbox ends between characters', () => expect(preview(`${'x'.repeat(138)}😀 and more`)).toBe(`${'x'.repeat(138)}…`));
