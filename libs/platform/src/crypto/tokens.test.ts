import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hashSecret, newToken, readToken, sameSecret, secretMatches } from './index.js';

describe('tokens', () => {
  it('are found by their id and proven by their secret', () => {
    const made = newToken();
    expect(made.token.startsWith('sf_')).toBe(true);
    const read = readToken(made.token);
    expect(read?.id).toBe(made.id);
    expect(secretMatches(read?.secret ?? '', made.secretHash)).toBe(true);
    expect(made.secretHash).not.toContain(read?.secret);
  });

  it('of one kind never prove another', () => {
    expect(secretMatches(readToken(newToken().token)?.secret ?? '', newToken().secretHash)).toBe(false);
    expect(secretMatches('x', 'no hash at all')).toBe(false);
  });

  it('chosen by an operator are looked up in the same way', () => {
    const one = readToken('my-bootstrap-token');
    expect(one).toEqual(readToken('my-bootstrap-token'));
    expect(one?.id).not.toBe(readToken('my-bootstrap-tokem')?.id);
    expect(secretMatches(one?.secret ?? '', hashSecret('my-bootstrap-token'))).toBe(true);
    expect(readToken('short')).toBeNull();
    expect(readToken('x'.repeat(600))).toBeNull();
  });

  it('compares secrets of any length', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (one, other) => {
      expect(sameSecret(one, other)).toBe(one === other);
    }));
  });
});
