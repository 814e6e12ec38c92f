import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultSchedule, inZone, instantOf, instantsOf, scheduleSchema, wallClock, localDateOf, type Schedule } from './index.js';

const zones = ['Europe/Amsterdam', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu', 'America/Nuuk', 'UTC'];
const from = Date.parse('2011-01-01T00:00:00Z');
const to = Date.parse('2032-01-01T00:00:00Z');
const anchor = fc.record({ publishedAt: fc.integer({ min: from, max: to }), timeZone: fc.constantFrom(...zones) });

const local = (instant: number, timeZone: string) => inZone(instant, timeZone).local;
const at = (text: string) => Date.parse(text);

describe('the seven days', () => {
  it.each([
    // The clocks change on the third, fourth and fifth day of these weeks.
    ['Europe/Amsterdam', '2026-03-27T15:00:00+01:00', '2026-04-02T09:00:00+02:00'],
    ['Europe/Amsterdam', '2026-10-22T15:00:00+02:00', '2026-10-28T09:00:00+01:00'],
    ['America/New_York', '2026-03-05T23:59:00-05:00', '2026-03-11T09:00:00-04:00'],
    ['America/New_York', '2026-10-30T00:00:00-04:00', '2026-11-05T09:00:00-05:00'],
    ['Australia/Lord_Howe', '2026-04-02T12:00:00+11:00', '2026-04-08T09:00:00+10:30'],
    ['Australia/Lord_Howe', '2026-10-01T12:00:00+10:30', '2026-10-07T09:00:00+11:00'],
  ])('in %s from %s close at %s', (timeZone, published, closed) => {
    const instants = instantsOf(defaultSchedule, { publishedAt: at(published), timeZone });
    expect(instants.map(({ key }) => key)).toEqual(['story', 'select', 'invite', 'agreements', 'summary', 'close']);
    expect(local(instants.at(-1)?.dueAt ?? 0, timeZone)).toBe(closed);
    expect(instants[0]?.dueAt).toBe(at(published) + 5 * 60_000);
  });

  it('counts day 1 by the campaign’s own calendar, not by UTC', () => {
    const evening = at('2026-06-01T23:30:00Z');
    const closeIn = (timeZone: string) => local(instantsOf(defaultSchedule, { publishedAt: evening, timeZone }).at(-1)?.dueAt ?? 0, timeZone);
    expect(closeIn('Europe/Amsterdam')).toMatch(/^2026-06-08T09:00/);
    expect(closeIn('America/New_York')).toMatch(/^2026-06-07T09:00/);
  });

  it('always comes in order, the close last and on the sixth date after day 1 at nine', () => {
    fc.assert(fc.property(anchor, (where) => {
      const instants = instantsOf(defaultSchedule, where);
      const due = instants.map(({ dueAt }) => dueAt);
      expect([...due].sort((a, b) => a - b)).toEqual(due);
      expect(instants.at(-1)?.action).toBe('close');
      const close = instants.at(-1)?.dueAt ?? 0;
      const date = localDateOf(where.publishedAt, where.timeZone).add({ days: 6 });
      if (!(where.timeZone === 'Pacific/Apia' && date.toString() === '2011-12-30')) {
        expect(local(close, where.timeZone).slice(0, 16)).toBe(`${date.toString()}T09:00`);
      }
    }));
  });
});

describe('a wall-clock time', () => {
  const moment = { day: 1, at: '02:30' };

  it('that does not exist moves forward', () => {
    const on = (published: string, timeZone: string) =>
      local(instantOf(moment, defaultSchedule, { publishedAt: at(published), timeZone }), timeZone);
    expect(on('2026-03-29T00:30:00+01:00', 'Europe/Amsterdam')).toBe('2026-03-29T03:30:00+02:00');
    // Lord Howe moves by half an hour, at two.
    expect(on('2026-10-04T00:30:00+10:30', 'Australia/Lord_Howe')).toMatch(/^2026-10-04T02:30/);
    expect(local(instantOf({ day: 1, at: '02:10' }, defaultSchedule, { publishedAt: at('2026-10-04T00:30:00+10:30'), timeZone: 'Australia/Lord_Howe' }), 'Australia/Lord_Howe'))
      .toBe('2026-10-04T02:40:00+11:00');
  });

  it('that comes twice counts the first time', () => {
    const instant = instantOf(moment, defaultSchedule, { publishedAt: at('2026-10-25T00:30:00+02:00'), timeZone: 'Europe/Amsterdam' });
    expect(local(instant, 'Europe/Amsterdam')).toBe('2026-10-25T02:30:00+02:00');
  });

  it('of a date that a country skipped moves to the next one', () => {
    const anchorInApia = { publishedAt: at('2011-12-28T12:00:00-10:00'), timeZone: 'Pacific/Apia' };
    expect(local(instantOf({ day: 3, at: '09:00' }, defaultSchedule, anchorInApia), 'Pacific/Apia')).toBe('2011-12-31T09:00:00+14:00');
    expect(local(instantOf({ day: 4, at: '09:00' }, defaultSchedule, anchorInApia), 'Pacific/Apia')).toBe('2011-12-31T09:00:00+14:00');
  });

  it('never moves backwards, and by no more than the gap', () => {
    const minuteOfDay = fc.integer({ min: 0, max: 1_439 });
    fc.assert(fc.property(anchor, minuteOfDay, ({ publishedAt, timeZone }, minutes) => {
      const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
      const date = localDateOf(publishedAt, timeZone);
      const shown = local(wallClock(date, time, timeZone), timeZone).slice(0, 16);
      expect(shown >= `${date.toString()}T${time}`).toBe(true);
    }));
  });
});

describe('a day that is a duration', () => {
  const day = fc.integer({ min: 1_000, max: 86_400_000 });

  it('shrinks everything alike and knows no zones', () => {
    const published = at('2026-03-28T23:00:00Z');
    const instants = instantsOf({ ...defaultSchedule, day: { ms: 20_000 } }, { publishedAt: published, timeZone: 'Europe/Amsterdam' });
    expect(instants.map(({ key, dueAt }) => [key, dueAt - published])).toEqual([
      ['story', 69], ['select', 47_500], ['invite', 67_500], ['agreements', 87_500], ['summary', 107_500], ['close', 127_500],
    ]);
  });

  it('keeps the order, in every zone the same', () => {
    fc.assert(fc.property(anchor, day, (where, ms) => {
      const schedule: Schedule = { ...defaultSchedule, day: { ms } };
      const instants = instantsOf(schedule, where);
      expect(instants).toEqual(instantsOf(schedule, { ...where, timeZone: 'UTC' }));
      expect(instants.map(({ key }) => key)).toEqual(defaultSchedule.milestones.map(({ key }) => key));
    }));
  });
});

describe('any schedule that is accepted', () => {
  const time = fc.record({ hours: fc.integer({ min: 0, max: 23 }), minutes: fc.integer({ min: 0, max: 59 }) })
    .map(({ hours, minutes }) => `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`);
  const moment = fc.oneof(
    fc.record({ day: fc.integer({ min: 1, max: 12 }), at: time }),
    fc.record({ afterMs: fc.integer({ min: 0, max: 5 * 86_400_000 }) }),
  );
  const schedule = fc.record({
    day: fc.oneof(fc.constant('calendar' as const), fc.record({ ms: fc.integer({ min: 1_000, max: 86_400_000 }) })),
    close: moment,
    others: fc.array(moment, { maxLength: 5 }),
  }).map(({ day, close, others }): Schedule => ({
    day,
    milestones: [
      ...others.map((each, index) => ({ key: `r${index}`, action: 'remind-select' as const, moment: each, lateness: 'drop' as const })),
      { key: 'close', action: 'close', moment: close, lateness: 'run' },
    ],
  }));

  it('ends with the close wherever no clock changes', () => {
    fc.assert(fc.property(schedule, fc.integer({ min: from, max: to }), fc.constantFrom('UTC', 'Asia/Kathmandu'), (candidate, publishedAt, timeZone) => {
      if (!scheduleSchema.safeParse(candidate).success) return;
      expect(instantsOf(candidate, { publishedAt, timeZone }).at(-1)?.action).toBe('close');
    }), { numRuns: 500 });
  });
});
