import { Temporal } from 'temporal-polyfill';

/** When a team works, by the workspace's clock. */
export interface WorkingHours {
  /** ISO days of the week, Monday is 1. */
  days: readonly number[];
  /** Wall-clock times `HH:MM` of one day, `from` before `to`. */
  from: string;
  to: string;
}

/** How many minutes of an ordinary week are worked; what has none cannot be counted in. */
export function workingMinutes({ days, from, to }: WorkingHours): number {
  const minutes = Temporal.PlainTime.from(from).until(Temporal.PlainTime.from(to)).total('minutes');
  return new Set(days.filter((day) => day >= 1 && day <= 7)).size * Math.max(0, minutes);
}

/**
 * The most working hours somebody may be given to answer: a year of them. More is a slip (a minute a week, and 24 hours of it), and every
 * message that begins a wait would be counted through centuries.
 */
export const mostWorkingHours = (hours: WorkingHours): number => Math.floor((workingMinutes(hours) * 52) / 6) / 10;

/**
 * The instant at which so much working time has passed. A time the zone skips moves forward, of two equal ones the first
 * counts; what passes between two instants is elapsed time, so a day with a change of the clocks inside its hours is an hour
 * shorter or longer.
 * @param since ms since the epoch
 * @param amount ms of working time, 0 or more; with 0 it is the first working moment from `since` on
 * @param timeZone IANA name
 * @throws RangeError when nobody ever works
 */
export function addWorkingTime(since: number, amount: number, hours: WorkingHours, timeZone: string): number {
  if (workingMinutes(hours) <= 0) throw new RangeError('Working hours must leave some time to work');
  let left = amount;
  let date = Temporal.Instant.fromEpochMilliseconds(since).toZonedDateTimeISO(timeZone).toPlainDate();
  for (;;) {
    if (hours.days.includes(date.dayOfWeek)) {
      const begin = Math.max(since, momentOf(date, hours.from, timeZone));
      const end = momentOf(date, hours.to, timeZone);
      if (end > begin) {
        if (left <= end - begin) return begin + left;
        left -= end - begin;
      }
    }
    date = date.add({ days: 1 });
  }
}

const momentOf = (date: Temporal.PlainDate, time: string, timeZone: string): number =>
  date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
