import { Temporal } from 'temporal-polyfill';
import { localDateOf, wallClock } from './instants.js';
import type { Moment, Schedule } from './schedule.js';

export interface PauseShift {
  schedule: Pick<Schedule, 'day'>;
  timeZone: string;
  /** ms since the epoch. */
  pausedAt: number;
  resumedAt: number;
}

/**
 * How many days a pause moves the milestones: whole ones, rounded up. Calendar days are counted on the zone's clocks, so
 * from ten to ten is one day, whether it had 23, 24 or 25 hours.
 */
export function daysOfPause({ schedule, timeZone, pausedAt, resumedAt }: PauseShift): number {
  if (resumedAt <= pausedAt) return 0;
  if (schedule.day !== 'calendar') return Math.ceil((resumedAt - pausedAt) / schedule.day.ms);
  const paused = zoned(pausedAt, timeZone);
  const { days } = paused.until(zoned(resumedAt, timeZone), { largestUnit: 'days' });
  return paused.add({ days }).epochMilliseconds < resumedAt ? days + 1 : days;
}

/**
 * Where a milestone lands after a pause: the same wall-clock time so many days later; where that time does not exist it
 * moves forward, and the days are counted on the calendar, so the clock change in between costs nothing (E8).
 * @param dueAt ms since the epoch
 * @param moment the milestone's own moment: what a clock change had moved forward returns to the time that was meant
 */
export function shiftForPause(dueAt: number, pause: PauseShift, moment?: Moment): number {
  const days = daysOfPause(pause);
  if (pause.schedule.day !== 'calendar') return dueAt + days * pause.schedule.day.ms;
  if (days === 0) return dueAt;
  const date = meantDate(dueAt, pause.timeZone, moment);
  if (date && moment && 'at' in moment) return wallClock(date.add({ days }), moment.at, pause.timeZone);
  return zoned(dueAt, pause.timeZone).add({ days }).epochMilliseconds;
}

/** The local date on which the moment's time of day is this instant; a gap at midnight moves it to the next date. */
function meantDate(dueAt: number, timeZone: string, moment?: Moment): Temporal.PlainDate | undefined {
  if (!moment || !('at' in moment)) return undefined;
  const date = localDateOf(dueAt, timeZone);
  return [date, date.subtract({ days: 1 })].find((each) => wallClock(each, moment.at, timeZone) === dueAt);
}

function zoned(instant: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
}
