import { Temporal } from 'temporal-polyfill';

/** When nobody wants to be disturbed, as local wall-clock times `HH:MM`; over midnight when `to` is not after `from`. */
export interface QuietHours {
  from: string;
  to: string;
}

/** 21:00 to 08:00. */
export const defaultQuietHours: QuietHours = { from: '21:00', to: '08:00' };

/** Zones of one person are seldom many, and moving from one night into the next of another zone seldom takes more steps. */
const mostSteps = 12;

/**
 * When somebody may be disturbed again: null when now.
 *
 * A quiet time is one interval from the first `from` of a day to the first `to` after it, told by the clocks of the zone; a time the zone
 * skips moves forward, of two equal ones the first counts. With several zones it must be day in all of them; when that is never so (they
 * are too far apart for these hours), the first one decides alone.
 * @param now ms since the epoch
 * @param zones IANA names where the person may be, at least one
 * @returns ms since the epoch
 */
export function quietUntil(now: number, zones: readonly string[], hours: QuietHours): number | null {
  const [first] = zones;
  if (first === undefined) throw new RangeError('Quiet hours need a time zone');
  let at = now;
  for (let step = 0; step < mostSteps; step += 1) {
    const ends = zones.map((zone) => endOfQuiet(at, zone, hours)).filter((end) => end !== null);
    if (ends.length === 0) return at === now ? null : at;
    at = Math.max(...ends);
  }
  return endOfQuiet(now, first, hours);
}

function endOfQuiet(now: number, zone: string, { from, to }: QuietHours): number | null {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const overMidnight = to <= from ? 1 : 0;
  // Yesterday's may last into today.
  for (const date of [today.subtract({ days: 1 }), today]) {
    const begin = at(date, from, zone);
    const end = at(date.add({ days: overMidnight }), to, zone);
    if (begin <= now && now < end) return end;
  }
  return null;
}

function at(date: Temporal.PlainDate, time: string, zone: string): number {
  return date.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}
