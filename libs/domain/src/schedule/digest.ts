import { instantOf, localDateOf, wallClock } from './instants.js';
import type { Schedule } from './schedule.js';

export interface DigestMoment {
  /** ms since the epoch. */
  dueAt: number;
  /** What makes the day one: its local date, or the instant where days are durations. */
  dayKey: string;
}

export interface DigestAnchor {
  /** The digest is the first one strictly after this instant. ms since the epoch. */
  after: number;
  /** The workspace's zone, not the campaign's (E1). */
  timeZone: string;
  /** `HH:MM` */
  at: string;
}

/** The next newsletter of a workspace. */
export function nextDigest({ after, timeZone, at }: DigestAnchor): DigestMoment {
  for (let days = 0; ; days++) {
    const date = localDateOf(after, timeZone).add({ days });
    const dueAt = wallClock(date, at, timeZone);
    if (dueAt > after) return { dueAt, dayKey: date.toString() };
  }
}

/** The newsletter in which a campaign appears: the workspace's, unless the campaign's own day is a duration. */
export function digestFor(schedule: Schedule, published: { publishedAt: number }, workspace: Omit<DigestAnchor, 'after'>): DigestMoment {
  if (schedule.day === 'calendar') return nextDigest({ ...workspace, after: published.publishedAt });
  const dueAt = instantOf({ day: 1, at: workspace.at }, schedule, { ...published, timeZone: workspace.timeZone });
  return { dueAt, dayKey: new Date(dueAt).toISOString() };
}
