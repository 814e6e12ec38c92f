import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addMoney, formatMoney, minorDigits } from './index.js';

describe('money', () => {
  it('knows how many digits a currency has', () => {
    expect(['EUR', 'JPY', 'KWD'].map(minorDigits)).toEqual([2, 0, 3]);
  });

  it('is shown by the reader’s locale, to the last cent', () => {
    expect(formatMoney({ minor: 123_456, currency: 'EUR' }, 'en')).toBe('€1,234.56');
    expect(formatMoney({ minor: 123_456, currency: 'EUR' }, 'de').replace(/\s/u, ' ')).toBe('1.234,56 €');
    expect(formatMoney({ minor: 1_250, currency: 'JPY' }, 'en')).toBe('¥1,250');
    expect(formatMoney({ minor: -5, currency: 'USD' }, 'en')).toBe('-$0.05');
  });

  it('shows every amount exactly', () => {
    const currency = fc.constantFrom('EUR', 'JPY', 'KWD');
    fc.assert(fc.property(fc.integer({ min: 0, max: 10_000_000_000_000 }), currency, (minor, code) => {
      const digits = formatMoney({ minor, currency: code }, 'en').replace(/\D/g, '');
      expect(Number(digits)).toBe(minor);
    }));
  });

  it('adds what is of one currency, in any order, and nothing else', () => {
    const eur = fc.record({ minor: fc.integer({ min: -1e12, max: 1e12 }), currency: fc.constant('EUR') });
    fc.assert(fc.property(eur, eur, eur, (a, b, c) => {
      expect(addMoney(a, b)).toEqual(addMoney(b, a));
      expect(addMoney(addMoney(a, b), c)).toEqual(addMoney(a, addMoney(b, c)));
    }));
    expect(() => addMoney({ minor: 1, currency: 'EUR' }, { minor: 1, currency: 'USD' })).toThrow(RangeError);
  });
});
