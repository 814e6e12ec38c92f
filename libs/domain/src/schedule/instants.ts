import { Temporal } from 'temporal-polyfill';
import { day, minute, minutesOf, scaleWindow, type LatenessRule, type MilestoneAction, type Moment, type Schedule } from './schedule.js';

/** When publication was, and in whose calendar the days are counted. */
export interface Anchor {
  /** ms since the epoch. */
  publishedAt: number;
  /** IANA name. */
  timeZone: string;
}

export interface DueMilestone {
  key: string;
  action: MilestoneAction;
  lateness: LatenessRule;
  /** ms since the epoch. */
  dueAt: number;
}

/** The instants of a schedule, earliest first; equal ones in the schedule's own order. */
export function instantsOf(schedule: Schedule, anchor: Anchor): DueMilestone[] {
  return schedule.milestones
    .map(({ key, action, lateness, moment }) => ({ key, action, lateness, dueAt: instantOf(moment, schedule, anchor) }))
    .sort((a, b) => a.dueAt - b.dueAt);
}

/**
 * One moment as an instant. Day 1 is the local date of publication. A wall-clock time that the zone skips moves forward by
 * the gap, of two equal ones the first counts: Temporal's `compatible` disambiguation, which is RFC 5545's rule.
 */
export function instantOf(moment: Moment, schedule: Pick<Schedule, 'day'>, { publishedAt, timeZone }: Anchor): number {
  if ('afterMs' in moment) return publishedAt + scaleWindow(moment.afterMs, schedule);
  if (schedule.day !== 'calendar') {
    return publishedAt + Math.round((moment.day - 1 + (minutesOf(moment.at) * minute) / day) * schedule.day.ms);
  }
  const date = localDateOf(publishedAt, timeZone).add({ days: moment.day - 1 });
  return wallClock(date, moment.at, timeZone);
}

/** ms since the epoch of `HH:MM` on a local date. */
export function wallClock(date: Temporal.PlainDate, at: string, timeZone: string): number {
  return date
    .toPlainDateTime(Temporal.PlainTime.from(at))
    .toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
}

export function localDateOf(instant: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate();
}
