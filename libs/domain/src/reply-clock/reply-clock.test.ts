import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { addWorkingTime, defaultReplyRule, mostWorkingHours, replyMoments, workingMinutes, type WorkingHours } from './index.js';

const ms = (text: string): number => Date.parse(text);
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const office: WorkingHours = { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' };
const moments = (since: string, hours: number, working: WorkingHours | null, zone = 'Europe/Amsterdam') => {
  const { remindAt, dueAt } = replyMoments(ms(since), { hours, working }, zone);
  return [iso(remindAt), iso(dueAt)];
};

describe('the reply clock', () => {
  it('runs in elapsed hours unless the workspace says otherwise', () => {
    expect(replyMoments(ms('2026-11-23T10:00:00Z'), defaultReplyRule, 'UTC')).toEqual({ remindAt: ms('2026-11-24T06:00:00Z'), dueAt: ms('2026-11-24T10:00:00Z') });
    expect(moments('2026-03-28T12:00:00Z', 24, null)).toEqual(['2026-03-29T08:00:00.000Z', '2026-03-29T12:00:00.000Z']);
  });

  it.each([
    // A Friday at 16:00 in Amsterdam: one hour that day, seven on Monday.
    ['2026-11-20T15:00:00Z', 8, ['2026-11-23T11:00:00.000Z', '2026-11-23T15:00:00.000Z']],
    // At night, and at the weekend, it has not begun.
    ['2026-11-20T22:00:00Z', 8, ['2026-11-23T12:00:00.000Z', '2026-11-23T16:00:00.000Z']],
    ['2026-11-21T12:00:00Z', 6, ['2026-11-23T10:00:00.000Z', '2026-11-23T14:00:00.000Z']],
    // Exactly at closing time nothing is left of the day.
    ['2026-11-23T16:00:00Z', 5, ['2026-11-24T09:00:00.000Z', '2026-11-24T13:00:00.000Z']],
    // Over the change of the clocks the hours on the wall stay: 09:00 is 07:00 UTC from Monday on.
    ['2026-03-27T16:00:00Z', 5, ['2026-03-30T08:00:00.000Z', '2026-03-30T12:00:00.000Z']],
  ] as const)('in working hours from %s within %d hours', (since, hours, expected) => {
    expect(moments(since, hours, office)).toEqual(expected);
  });

  it('tells only the end when less than five hours are given', () => {
    expect(moments('2026-11-23T10:00:00Z', 4, null)).toEqual([null, '2026-11-23T14:00:00.000Z']);
  });

  it('refuses hours in which nobody works', () => {
    expect(workingMinutes({ ...office, days: [] })).toBe(0);
    for (const hours of [{ ...office, days: [] }, { ...office, from: '17:00', to: '09:00' }, { ...office, days: [8] }]) {
      expect(() => addWorkingTime(0, 1, hours, 'UTC')).toThrow(RangeError);
    }
  });

  it('gives at most a year of working hours, which is counted in no time', () => {
    const seldom: WorkingHours = { days: [7], from: '02:00', to: '02:30' };
    expect([mostWorkingHours(office), mostWorkingHours(seldom), mostWorkingHours({ ...seldom, to: '02:01' })]).toEqual([2080, 26, 0.8]);
    expect(iso(addWorkingTime(ms('2026-01-01T00:00:00Z'), 26 * 3_600_000, seldom, 'Europe/Amsterdam'))).toBe('2026-12-27T01:30:00.000Z');
  });

  const zone = fc.constantFrom('Europe/Amsterdam', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/St_Johns', 'Africa/Casablanca');
  const instant = fc.integer({ min: ms('2022-01-01T00:00:00Z'), max: ms('2031-01-01T00:00:00Z') });
  const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
  const hours = fc.tuple(days, fc.integer({ min: 5, max: 11 }), fc.integer({ min: 12, max: 22 }))
    .map(([of, from, to]) => ({ days: of, from: `${String(from).padStart(2, '0')}:00`, to: `${to}:00` }));
  const amount = fc.integer({ min: 0, max: 200 * 3_600_000 });

  it('ends in working time, later for more, and the same in two steps as in one', () => {
    fc.assert(fc.property(instant, amount, amount, hours, zone, (since, first, second, working, where) => {
      const middle = addWorkingTime(since, first, working, where);
      const local = Temporal.Instant.fromEpochMilliseconds(middle).toZonedDateTimeISO(where);
      expect(working.days).toContain(local.dayOfWeek);
      const time = local.toPlainTime().toString();
      expect(time >= working.from && time <= `${working.to}:00`).toBe(true);
      expect(middle).toBeGreaterThanOrEqual(since);
      expect(addWorkingTime(since, first + second, working, where)).toBe(addWorkingTime(middle, second, working, where));
    }), { numRuns: 300 });
  });
});
