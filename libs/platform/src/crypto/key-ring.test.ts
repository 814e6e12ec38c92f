import { describe, expect, it } from '@jest/globals';
import { createKeyRing, newDataKey, UnreadableError } from './index.js';

const first = { id: 'k1', key: Buffer.alloc(32, 1) };
const second = { id: 'k2', key: Buffer.alloc(32, 2) };

describe('key ring', () => {
  const dataKey = newDataKey();

  it('unwraps what it wrapped, for the same owner only', () => {
    const ring = createKeyRing([first]);
    const wrapped = ring.wrap(dataKey, 'creator:1');
    expect(ring.unwrap(wrapped, 'creator:1')).toEqual(dataKey);
    expect(() => ring.unwrap(wrapped, 'creator:2')).toThrow(UnreadableError);
    expect(() => ring.unwrap('nonsense', 'creator:1')).toThrow(UnreadableError);
  });

  it('reads by old keys, wraps by the first, and rotates step by step', () => {
    const old = createKeyRing([first]).wrap(dataKey, 'c');
    const ring = createKeyRing([second, first]);
    expect(ring.unwrap(old, 'c')).toEqual(dataKey);
    const renewed = ring.rewrap(old, 'c');
    expect(renewed?.startsWith('k2.')).toBe(true);
    expect(ring.rewrap(renewed ?? '', 'c')).toBeNull();
    expect(createKeyRing([second]).unwrap(renewed ?? '', 'c')).toEqual(dataKey);
    expect(() => createKeyRing([second]).unwrap(old, 'c')).toThrow(UnreadableError);
  });

  it('keeps the hash of an address while keys come and go', () => {
    const before = createKeyRing([first]).hashAddress('mia@example.org');
    expect(createKeyRing([second, first]).hashAddress('mia@example.org')).toBe(before);
    expect(createKeyRing([second]).hashAddress('mia@example.org')).not.toBe(before);
    const own = Buffer.alloc(32, 9);
    expect(createKeyRing([second], own).hashAddress('a')).toBe(createKeyRing([first], own).hashAddress('a'));
  });

  it('needs a key', () => {
    expect(() => createKeyRing([])).toThrow(RangeError);
  });
});
