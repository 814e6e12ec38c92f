import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contentHash, newDataKey, open, openText, seal, UnreadableError } from './index.js';

describe('seal', () => {
  const key = newDataKey();

  it('opens what it sealed, whatever it was', () => {
    fc.assert(fc.property(fc.uint8Array(), fc.string(), (plain, aad) => {
      expect(open(key, seal(key, plain, aad), aad)).toEqual(Buffer.from(plain));
    }));
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(openText(key, seal(key, text, 'a'), 'a')).toBe(text);
    }));
  });

  it('never seals alike twice, and hides the text', () => {
    const one = seal(key, 'Keizersgracht 1', 'a');
    expect(one.equals(seal(key, 'Keizersgracht 1', 'a'))).toBe(false);
    expect(one.includes('Keizersgracht')).toBe(false);
  });

  it('opens with no other key and in no other place', () => {
    const sealed = seal(key, 'x', 'creator:1');
    expect(() => open(newDataKey(), sealed, 'creator:1')).toThrow(UnreadableError);
    expect(() => open(key, sealed, 'creator:2')).toThrow(UnreadableError);
  });

  it('notices any changed byte', () => {
    const sealed = seal(key, 'legal name', 'a');
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed.map((byte, at) => (at === index ? byte ^ 1 : byte)));
      expect(() => open(key, changed, 'a')).toThrow(UnreadableError);
    }
    expect(() => open(key, Buffer.alloc(3), 'a')).toThrow(UnreadableError);
  });

  it('hashes text as UTF-8', () => {
    expect(contentHash('é')).toBe(contentHash(Buffer.from('é', 'utf8')));
    expect(contentHash('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});
