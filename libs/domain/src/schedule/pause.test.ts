import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { daysOfPause, defaultSchedule, inZone, instantOf, shiftForPause } from './index.js';

const calendar = { day: 'calendar' as const };
const at = (text: string) => Date.parse(text);
const local = (instant: number, timeZone: string) => inZone(instant, timeZone).local;

describe('a pause', () => {
  const timeZone = 'Europe/Amsterdam';
  const shift = (due: string, pausedAt: string, resumedAt: string) =>
    local(shiftForPause(at(due), { schedule: calendar, timeZone, pausedAt: at(pausedAt), resumedAt: at(resumedAt) }), timeZone);

  it('of a minute costs a day, of a day and a minute two', () => {
    expect(shift('2026-06-10T09:00:00+02:00', '2026-06-08T10:00:00+02:00', '2026-06-08T10:01:00+02:00')).toBe('2026-06-11T09:00:00+02:00');
    expect(shift('2026-06-10T09:00:00+02:00', '2026-06-08T10:00:00+02:00', '2026-06-09T10:01:00+02:00')).toBe('2026-06-12T09:00:00+02:00');
  });

  it('from ten to ten is one day, also the day with 25 hours and the one with 23', () => {
    expect(shift('2026-10-26T09:00:00+01:00', '2026-10-24T10:00:00+02:00', '2026-10-25T10:00:00+01:00')).toBe('2026-10-27T09:00:00+01:00');
    expect(shift('2026-03-29T10:10:00+02:00', '2026-03-28T10:00:00+01:00', '2026-03-29T10:30:00+02:00')).toBe('2026-03-31T10:10:00+02:00');
  });

  it('keeps the time of day across a clock change', () => {
    expect(shift('2026-03-28T09:00:00+01:00', '2026-03-27T10:00:00+01:00', '2026-03-28T08:00:00+01:00')).toBe('2026-03-29T09:00:00+02:00');
  });

  it('gives a time that a clock change had moved back to what was meant', () => {
    const moment = { day: 1, at: '02:30' };
    const due = instantOf(moment, calendar, { publishedAt: at('2026-03-29T00:10:00+01:00'), timeZone });
    const pause = { schedule: calendar, timeZone, pausedAt: due - 60_000, resumedAt: due };
    expect(local(shiftForPause(due, pause), timeZone)).toBe('2026-03-30T03:30:00+02:00');
    expect(local(shiftForPause(due, pause, moment), timeZone)).toBe('2026-03-30T02:30:00+02:00');
    // A milestone rescheduled by hand keeps its own time.
    expect(local(shiftForPause(due + 7_200_000, pause, moment), timeZone)).toBe('2026-03-30T05:30:00+02:00');
  });

  it('over a gap at midnight does not lose a day', () => {
    const moment = { day: 1, at: '23:30' };
    const nuuk = 'America/Nuuk';
    const due = instantOf(moment, calendar, { publishedAt: at('2024-03-30T12:00:00Z'), timeZone: nuuk });
    expect(local(due, nuuk)).toBe('2024-03-31T00:30:00-01:00');
    const pause = { schedule: calendar, timeZone: nuuk, pausedAt: due - 60_000, resumedAt: due };
    expect(local(shiftForPause(due, pause, moment), nuuk)).toBe('2024-03-31T23:30:00-01:00');
  });

  const zones = ['Europe/Amsterdam', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'];
  const anyPause = fc.record({
    timeZone: fc.constantFrom(...zones),
    pausedAt: fc.integer({ min: at('2012-02-01T00:00:00Z'), max: at('2032-01-01T00:00:00Z') }),
    length: fc.integer({ min: 0, max: 20 * 86_400_000 }),
    ahead: fc.integer({ min: 0, max: 9 * 86_400_000 }),
  });

  it('never moves anything backwards, nor leaves it before the resumption', () => {
    fc.assert(fc.property(anyPause, ({ timeZone: zone, pausedAt, length, ahead }) => {
      const resumedAt = pausedAt + length;
      const moved = shiftForPause(pausedAt + ahead, { schedule: calendar, timeZone: zone, pausedAt, resumedAt });
      expect(moved).toBeGreaterThanOrEqual(pausedAt + ahead);
      expect(moved).toBeGreaterThanOrEqual(resumedAt);
    }), { numRuns: 500 });
  });

  it('keeps nine o’clock nine o’clock, and the order of two', () => {
    fc.assert(fc.property(anyPause, fc.integer({ min: 2, max: 7 }), ({ timeZone: zone, pausedAt, length }, day) => {
      const pause = { schedule: calendar, timeZone: zone, pausedAt, resumedAt: pausedAt + length };
      const [first, second] = [day, day + 1].map((each) => {
        const moment = { day: each, at: '09:00' };
        return shiftForPause(instantOf(moment, calendar, { publishedAt: pausedAt, timeZone: zone }), pause, moment);
      });
      expect(local(first ?? 0, zone).slice(11, 16)).toBe('09:00');
      expect(second).toBeGreaterThan(first ?? 0);
    }));
  });

  it('moves duration days by whole ones', () => {
    fc.assert(fc.property(fc.integer({ min: 1_000, max: 86_400_000 }), fc.integer({ min: 1, max: 10_000_000 }), (ms, length) => {
      const pause = { schedule: { day: { ms } }, timeZone: 'UTC', pausedAt: 0, resumedAt: length };
      const moved = shiftForPause(5_000, pause) - 5_000;
      expect(moved % ms).toBe(0);
      expect(moved - length).toBeGreaterThanOrEqual(0);
      expect(moved - length).toBeLessThan(ms);
    }));
  });

  it('of no time costs nothing', () => {
    expect(daysOfPause({ schedule: defaultSchedule, timeZone, pausedAt: 5, resumedAt: 5 })).toBe(0);
    expect(daysOfPause({ schedule: defaultSchedule, timeZone, pausedAt: 5, resumedAt: 4 })).toBe(0);
  });
});
