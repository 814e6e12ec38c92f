import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { measureText } from '../src/segments.js';

const BASIC = '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENSION = '\f^{}\\[~]|€';
const gsm = fc.array(fc.constantFrom(...BASIC, ...EXTENSION), { maxLength: 800 }).map((letters) => letters.join(''));
const any = fc.string({ unit: 'grapheme', maxLength: 300 });

describe('segments', () => {
  test.each([
    ['', 1, 'GSM-7', 0, 160],
    ['a'.repeat(160), 1, 'GSM-7', 160, 0],
    ['a'.repeat(161), 2, 'GSM-7', 161, 145],
    ['a'.repeat(306), 2, 'GSM-7', 306, 0],
    ['a'.repeat(307), 3, 'GSM-7', 307, 152],
    ['€'.repeat(80), 1, 'GSM-7', 160, 0],
    ['€'.repeat(81), 2, 'GSM-7', 162, 143],
    [`${'a'.repeat(152)}€${'a'.repeat(7)}`, 2, 'GSM-7', 161, 144],
    ['ç', 1, 'UCS-2', 1, 69],
    ['ü'.repeat(160), 1, 'GSM-7', 160, 0],
    ['ж'.repeat(70), 1, 'UCS-2', 70, 0],
    ['ж'.repeat(71), 2, 'UCS-2', 71, 63],
    ['ж'.repeat(135), 3, 'UCS-2', 135, 66],
    ['😀'.repeat(35), 1, 'UCS-2', 70, 0],
    ['😀'.repeat(36), 2, 'UCS-2', 72, 61],
    [`${'a'.repeat(66)}😀abc`, 2, 'UCS-2', 71, 62],
    ['It’s', 1, 'UCS-2', 4, 66],
    ['\u001b', 1, 'UCS-2', 1, 69],
  ])('%j', (text, segments, encoding, units, left) => {
    expect(measureText(text)).toEqual({ segments, encoding, units, left });
  });

  test('any text of the alphabet stays in it, costs one or two units a letter, and fits with at most one unit lost per piece', () => {
    fc.assert(fc.property(gsm, (text) => {
      const { encoding, units, segments, left } = measureText(text);
      const expected = [...text].length + [...text].filter((letter) => EXTENSION.includes(letter)).length;
      expect([encoding, units]).toEqual(['GSM-7', expected]);
      if (units <= 160) return expect([segments, left]).toEqual([1, 160 - units]);
      expect(segments).toBeGreaterThanOrEqual(Math.ceil(units / 153));
      expect(segments).toBeLessThanOrEqual(Math.ceil(units / 152));
      const lost = segments * 153 - units - left;
      expect(lost).toBeGreaterThanOrEqual(0);
      expect(lost).toBeLessThanOrEqual(segments - 1);
    }));
  });

  test('a letter outside turns all of it to UCS-2, in which it costs what UTF-16 takes', () => {
    fc.assert(fc.property(gsm, fc.constantFrom('ж', '😀', '’', 'ç'), gsm, (before, odd, after) => {
      const text = before + odd + after;
      const { encoding, units, segments, left } = measureText(text);
      expect([encoding, units]).toEqual(['UCS-2', text.length]);
      if (units > 70) expect(segments * 67 - units - left).toBeLessThanOrEqual(segments - 1);
    }));
  });

  test('more text never costs less', () => {
    fc.assert(fc.property(any, any, (one, more) => {
      expect(measureText(one + more).segments).toBeGreaterThanOrEqual(measureText(one).segments);
    }));
  });
});
