import { Temporal } from 'temporal-polyfill';
import { day, type Schedule } from './schedule.js';

export interface PauseShift {
  schedule: Pick<Schedule, 'day'>;
  timeZone: string;
  /** ms since the epoch. */
  pausedAt: number;
  resumedAt: number;
}

/** How many days a pause moves the milestones: whole ones, rounded up. */
export function daysOfPause({ schedule, pausedAt, resumedAt }: Omit<PauseShift, 'timeZone'>): number {
  const length = schedule.day === 'calendar' ? day : schedule.day.ms;
  return Math.max(0, Math.ceil((resumedAt - pausedAt) / length));
}

/**
 * Where a milestone lands after a pause: the same wall-clock time so many days later; where that time does not exist it
 * moves forward, and the days are counted on the calendar, so the clock change in between costs nothing (E8).
 */
export function shiftForPause(dueAt: number, pause: PauseShift): number {
  const days = daysOfPause(pause);
  if (pause.schedule.day !== 'calendar') return dueAt + days * pause.schedule.day.ms;
  return Temporal.Instant.fromEpochMilliseconds(dueAt).toZonedDateTimeISO(pause.timeZone).add({ days }).epochMilliseconds;
}
