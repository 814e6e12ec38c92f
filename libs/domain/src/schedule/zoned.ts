import { Temporal } from 'temporal-polyfill';

/** An instant, told in a zone. */
export interface ZonedInstant {
  /** UTC, ISO 8601. */
  at: string;
  /** The same instant on that zone's clocks, with its offset: `2026-11-27T09:00:00+01:00`. */
  local: string;
  /** IANA name. */
  timeZone: string;
}

/** @param instant ms since the epoch */
export function inZone(instant: number, timeZone: string): ZonedInstant {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  return {
    at: new Date(instant).toISOString(),
    local: zoned.toString({ timeZoneName: 'never', smallestUnit: 'second' }),
    timeZone,
  };
}

/**
 * ms since the epoch of a local date and time (`2026-11-27T09:00`). One that the zone skips moves forward, of two equal
 * ones the first counts.
 * @throws RangeError when it is no date and time
 */
export function instantOfLocal(local: string, timeZone: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
}
