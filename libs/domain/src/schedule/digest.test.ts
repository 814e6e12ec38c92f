import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultSchedule, digestFor, inZone, nextDigest } from './index.js';

const at = (text: string) => Date.parse(text);

describe('the newsletter', () => {
  const timeZone = 'Europe/Amsterdam';
  const next = (after: string) => inZone(nextDigest({ after: at(after), timeZone, at: '18:00' }).dueAt, timeZone).local;

  it('goes out at six; what comes at six or later waits for the next day', () => {
    expect(next('2026-06-01T17:59:59+02:00')).toBe('2026-06-01T18:00:00+02:00');
    expect(next('2026-06-01T18:00:00+02:00')).toBe('2026-06-02T18:00:00+02:00');
    expect(next('2026-03-28T19:00:00+01:00')).toBe('2026-03-29T18:00:00+02:00');
  });

  it('goes by the workspace’s zone, whatever the campaign’s', () => {
    const digest = digestFor(defaultSchedule, { publishedAt: at('2026-06-01T17:30:00+02:00') }, { timeZone: 'America/New_York', at: '18:00' });
    expect(digest).toEqual({ dueAt: at('2026-06-01T18:00:00-04:00'), dayKey: '2026-06-01' });
  });

  it('of a duration day comes three quarters into it', () => {
    const digest = digestFor({ ...defaultSchedule, day: { ms: 20_000 } }, { publishedAt: 1_000_000 }, { timeZone, at: '18:00' });
    expect(digest.dueAt).toBe(1_015_000);
  });

  it('is always ahead, by a day and a bit at most, and one per date', () => {
    const zones = fc.constantFrom('Europe/Amsterdam', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC');
    fc.assert(fc.property(fc.integer({ min: at('2012-02-01T00:00:00Z'), max: at('2032-01-01T00:00:00Z') }), zones, (after, zone) => {
      const digest = nextDigest({ after, timeZone: zone, at: '18:00' });
      expect(digest.dueAt).toBeGreaterThan(after);
      expect(digest.dueAt - after).toBeLessThanOrEqual(25 * 3_600_000);
      expect(inZone(digest.dueAt, zone).local.slice(0, 16)).toBe(`${digest.dayKey}T18:00`);
      expect(nextDigest({ after: digest.dueAt - 1, timeZone: zone, at: '18:00' })).toEqual(digest);
    }));
  });
});
