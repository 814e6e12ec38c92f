import { hour, scaleWindow, type LatenessRule, type Schedule } from './schedule.js';

export interface LateMilestone {
  lateness: LatenessRule;
  /** ms since the epoch. */
  dueAt: number;
}

/**
 * What to do with a milestone that is due: do it, or drop it because it was overtaken: a later one has come due
 * as well, so that what it would remind of is past (E8). The close always runs.
 * @param later the milestones after it that are still pending
 */
export function decideLateness(milestone: LateMilestone, later: readonly LateMilestone[], now: number): LatenessRule {
  if (milestone.lateness === 'run') return 'run';
  const overtaken = later.some(({ dueAt }) => dueAt > milestone.dueAt && dueAt <= now);
  return overtaken ? milestone.lateness : 'run';
}

/** How late a newsletter may be before it joins the next. */
export function digestTolerance(schedule: Pick<Schedule, 'day'>): number {
  return scaleWindow(6 * hour, schedule);
}
