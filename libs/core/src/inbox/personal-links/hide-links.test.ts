import { describe, expect, test } from '@jest/globals';
import { newToken } from '@sevenfold/platform/crypto';
import { hideLinks, showLinks, withoutLinks } from './hide-links.js';

const key = () => newToken('sfl').token;

describe('personal links in texts', () => {
  test('leave every form of a message and come back where they were', () => {
    const [sign, all] = [`https://sevenfold.test/a/${key()}`, `http://127.0.0.1:3000/c/${key()}`];
    const texts = { subject: 'Yours', text: `Sign: ${sign}\nAll: ${all}.`, html: `<a href="${sign}">Sign</a>`, short: undefined };
    const { texts: hidden, links } = hideLinks(texts);
    expect(hidden).toEqual({
      subject: 'Yours', text: 'Sign: [personal link]\nAll: [personal link 2].', html: '<a href="[personal link]">Sign</a>', short: undefined,
    });
    expect(links).toEqual([sign, all]);
    expect(showLinks(hidden.text, links)).toBe(texts.text);
    expect(showLinks(hidden.html, links)).toBe(texts.html);
  });

  test.each(['a', 'c', 'i'])('/%s/ is one, under whatever address', (page) => {
    expect(withoutLinks(`x https://old.example/app/${page}/${key()}, y`)).toBe('x [personal link], y');
  });

  test('so is the way out of the newsletter, and a key without its address; other addresses are none', () => {
    expect(withoutLinks(`https://s.test/u/${'a1'.repeat(16)}_${'0f'.repeat(20)} ${key()}`)).toBe('[personal link] [personal link 2]');
    for (const text of ['https://s.test/a/b', 'sfl_short', 'https://instagram.com/p/1']) expect(withoutLinks(text)).toBe(text);
  });

  test('takes no longer over hostile text', () => {
    const started = performance.now();
    withoutLinks('http://'.repeat(30_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
