import { describe, expect, test } from '@jest/globals';
import { addressHash, hashSecret, KeyRing, newDataKey, newToken, open, parseToken, sameHash, seal } from './index.js';

const entry = (id: string) => `${id}:${newDataKey().toString('base64')}`;

describe('sealing', () => {
  const key = newDataKey();

  test('opens with the same key and place only', () => {
    const sealed = seal(key, Buffer.from('Rue de Rivoli'), 'address:1');
    expect(open(key, sealed, 'address:1').toString()).toBe('Rue de Rivoli');
    expect(sealed.includes('Rivoli')).toBe(false);
    expect(() => open(key, sealed, 'address:2')).toThrow(expect.objectContaining({ code: 'not_authentic' }));
    expect(() => open(newDataKey(), sealed, 'address:1')).toThrow(expect.objectContaining({ code: 'not_authentic' }));
  });

  test('notices any changed byte', () => {
    const sealed = seal(key, Buffer.from('x'), 'a');
    for (let i = 0; i < sealed.length; i += 1) {
      const changed = Buffer.from(sealed);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(() => open(key, changed, 'a')).toThrow();
    }
    expect(() => open(key, sealed.subarray(0, 20), 'a')).toThrow(expect.objectContaining({ code: 'malformed' }));
  });

  test('seals the empty text and refuses a short key', () => {
    expect(open(key, seal(key, Buffer.alloc(0), 'a'), 'a')).toHaveLength(0);
    expect(() => seal(Buffer.alloc(16), Buffer.alloc(0), 'a')).toThrow(/32 bytes/);
  });
});

describe('the key ring', () => {
  const [first, second] = [entry('k1'), entry('k2')];

  test('rotates: new key first, rewrap, old key out', () => {
    const dataKey = newDataKey();
    const wrapped = KeyRing.parse(first).wrap(dataKey);
    const both = KeyRing.parse(`${second},${first}`);
    expect(both.unwrap(wrapped)).toEqual(dataKey);
    const rewrapped = both.rewrap(wrapped) ?? '';
    expect(rewrapped).toMatch(/^k2\./);
    expect(both.rewrap(rewrapped)).toBeNull();
    expect(KeyRing.parse(second).unwrap(rewrapped)).toEqual(dataKey);
    expect(() => KeyRing.parse(second).unwrap(wrapped)).toThrow(expect.objectContaining({ code: 'unknown_key' }));
  });

  test('keeps hashes of addresses through a rotation', () => {
    const before = KeyRing.parse(first);
    const hash = addressHash(before, 'email', ' a@example.org ');
    const both = KeyRing.parse(`${second},${first}`);
    expect(addressHash(both, 'email', 'a@example.org')).toBe(hash);
    expect(addressHash(KeyRing.parse(`${second},${both.hashEntry()}`), 'email', 'a@example.org')).toBe(hash);
    expect(addressHash(before, 'sms', 'a@example.org')).not.toBe(hash);
  });

  test('refuses a wrong ring without showing keys', () => {
    const short = Buffer.alloc(5, 7).toString('base64');
    for (const text of ['', 'k1', `k1:${short}`, `${first},${first}`, 'k1:***', entry('hash')]) {
      expect(() => KeyRing.parse(text)).toThrow(expect.objectContaining({ name: 'RangeError', message: expect.not.stringContaining(short) }));
    }
    expect(JSON.stringify({ ring: KeyRing.parse(first) })).toBe('{"ring":"[key ring]"}');
  });
});

describe('tokens', () => {
  test('say their id and prove themselves by the hash', () => {
    const { token, id, secretHash } = newToken('sf');
    const parsed = parseToken(token);
    expect(parsed?.id).toBe(id);
    expect(sameHash(hashSecret(parsed?.secret ?? ''), secretHash)).toBe(true);
    expect(sameHash(hashSecret('other'), secretHash)).toBe(false);
    expect(sameHash('', secretHash)).toBe(false);
  });

  test('anything else is none', () => {
    const { token } = newToken('sf');
    for (const text of ['', 'sf_', token.slice(0, -1), `${token}a`, `x${token}`, newToken('link').token]) expect(parseToken(text)).toBeNull();
  });
});
