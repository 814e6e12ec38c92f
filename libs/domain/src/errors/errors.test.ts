import { describe, expect, it } from '@jest/globals';
import { done, DomainError, errorCodes, isDomainError, refuse, unwrap } from './index.js';

describe('errors', () => {
  it('have a code, a client or server status and a title each', () => {
    for (const [code, { status, title }] of Object.entries(errorCodes)) {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(title.length).toBeGreaterThan(5);
    }
  });

  it('turn from values into exceptions where nobody waits for a value', () => {
    expect(unwrap(done(5))).toBe(5);
    const refused = () => unwrap(refuse('nobody_signed', { open: 2 }));
    expect(refused).toThrow(DomainError);
    expect(refused).toThrow(errorCodes.nobody_signed.title);
    expect(isDomainError(new DomainError('not_found'))).toBe(true);
    expect(isDomainError(new Error('not_found'))).toBe(false);
  });
});
