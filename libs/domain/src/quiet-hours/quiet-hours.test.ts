import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { zonesOfCountry } from '../locale/index.js';
import { defaultQuietHours, quietUntil, zonesOf, type QuietHours } from './index.js';

const ms = (text: string): number => Date.parse(text);
const until = (now: string, zones: string | string[], hours: QuietHours = defaultQuietHours): string | null => {
  const end = quietUntil(ms(now), typeof zones === 'string' ? [zones] : zones, hours);
  return end === null ? null : new Date(end).toISOString();
};

describe('quiet hours', () => {
  it.each([
    ['2026-11-23T19:59:00Z', null], // 20:59
    ['2026-11-23T20:00:00Z', '2026-11-24T07:00:00.000Z'], // 21:00
    ['2026-11-24T02:30:00Z', '2026-11-24T07:00:00.000Z'], // 03:30
    ['2026-11-24T06:59:59Z', '2026-11-24T07:00:00.000Z'],
    ['2026-11-24T07:00:00Z', null], // 08:00
  ])('at %s in Amsterdam they last until %s', (now, end) => {
    expect(until(now, 'Europe/Amsterdam')).toBe(end);
  });

  it('follow the clocks when they change', () => {
    // The night to 29 March 2026 has eleven hours less one, the one to 25 October one more.
    expect(until('2026-03-28T20:30:00Z', 'Europe/Amsterdam')).toBe('2026-03-29T06:00:00.000Z');
    expect(until('2026-10-24T19:30:00Z', 'Europe/Amsterdam')).toBe('2026-10-25T07:00:00.000Z');
    // An end the zone skips moves forward; of two the first counts, and quiet does not come back with the second.
    expect(until('2026-03-29T00:30:00Z', 'Europe/Amsterdam', { from: '22:00', to: '02:30' })).toBe('2026-03-29T01:30:00.000Z');
    expect(until('2026-10-25T00:10:00Z', 'Europe/Amsterdam', { from: '22:00', to: '02:30' })).toBe('2026-10-25T00:30:00.000Z');
    expect(until('2026-10-25T01:10:00Z', 'Europe/Amsterdam', { from: '22:00', to: '02:30' })).toBeNull();
  });

  it('may lie within a day', () => {
    expect(until('2026-11-23T12:30:00Z', 'Europe/London', { from: '12:00', to: '14:00' })).toBe('2026-11-23T14:00:00.000Z');
    expect(until('2026-11-23T15:00:00Z', 'Europe/London', { from: '12:00', to: '14:00' })).toBeNull();
  });

  it('of somebody who may be in several zones last until it is day in all, and the first decides where that never is', () => {
    const coasts = ['America/New_York', 'America/Los_Angeles'];
    expect(until('2026-11-23T13:30:00Z', coasts)).toBe('2026-11-23T16:00:00.000Z'); // 08:30 there, 05:30 here
    expect(until('2026-11-23T17:00:00Z', coasts)).toBeNull();
    const apart = ['Europe/London', 'Pacific/Auckland'];
    expect(until('2026-11-23T22:00:00Z', apart, { from: '20:00', to: '09:00' })).toBe('2026-11-24T09:00:00.000Z');
    expect(() => quietUntil(0, [], defaultQuietHours)).toThrow(RangeError);
  });

  const zone = fc.constantFrom('Europe/Amsterdam', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia', 'America/Sao_Paulo', 'Africa/Casablanca', 'America/St_Johns');
  const time = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) }).map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  const hours = fc.record({ from: time, to: time }).filter(({ from, to }) => from !== to);
  const instant = fc.integer({ min: ms('2020-01-01T00:00:00Z'), max: ms('2031-01-01T00:00:00Z') });

  it('end in the future, within two days, and are over then', () => {
    fc.assert(fc.property(instant, zone, hours, (now, where, quiet) => {
      const end = quietUntil(now, [where], quiet);
      if (end === null) return;
      expect(end).toBeGreaterThan(now);
      expect(end - now).toBeLessThanOrEqual(26 * 3_600_000);
      expect(quietUntil(end, [where], quiet)).toBeNull();
    }), { numRuns: 500 });
  });

  it('away from a change of the clocks are exactly what the clock on the wall says', () => {
    fc.assert(fc.property(instant, zone, hours, (now, where, quiet) => {
      const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(where);
      const offset = local.offsetNanoseconds;
      fc.pre(local.subtract({ hours: 48 }).offsetNanoseconds === offset && local.add({ hours: 48 }).offsetNanoseconds === offset);
      const clock = local.toPlainTime().toString().slice(0, 5);
      const inside = quiet.from < quiet.to ? clock >= quiet.from && clock < quiet.to : clock >= quiet.from || clock < quiet.to;
      expect(quietUntil(now, [where], quiet) !== null).toBe(inside);
    }), { numRuns: 500 });
  });
});

describe('where somebody is', () => {
  const workspaceTimeZone = 'Europe/Amsterdam';
  it('is their own zone, else their country’s, else the workspace’s, and never silently UTC', () => {
    expect(zonesOf({ timeZone: 'Asia/Tokyo', country: 'US', workspaceTimeZone })).toEqual(['Asia/Tokyo']);
    expect(zonesOf({ timeZone: null, country: 'JP', workspaceTimeZone })).toEqual(['Asia/Tokyo']);
    expect(zonesOf({ timeZone: null, country: 'US', workspaceTimeZone })).toEqual(expect.arrayContaining(['America/New_York', 'Pacific/Honolulu']));
    expect(zonesOf({ timeZone: null, country: 'ZZ', workspaceTimeZone })).toEqual([workspaceTimeZone]);
    expect(zonesOf({ timeZone: null, country: null, workspaceTimeZone })).toEqual([workspaceTimeZone]);
    expect(zonesOfCountry('nl!')).toEqual([]);
  });

  it('leaves some hours of every day to reach somebody of any country', () => {
    for (const country of ['US', 'RU', 'BR', 'CA', 'AU', 'MX', 'ID', 'ES', 'PT', 'NZ', 'CL', 'FR', 'NL', 'DE', 'KZ']) {
      const zones = zonesOf({ timeZone: null, country, workspaceTimeZone });
      const open = Array.from({ length: 24 }, (_, hour) => quietUntil(ms('2026-06-15T00:00:00Z') + hour * 3_600_000, zones, defaultQuietHours)).filter((end) => end === null);
      expect([country, open.length]).toEqual([country, expect.any(Number)]);
      expect(open.length).toBeGreaterThanOrEqual(2);
    }
  });
});
