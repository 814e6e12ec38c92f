import { z } from 'zod';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const milestoneActions = ['post-story', 'remind-select', 'remind-invite', 'remind-agreements', 'summary', 'close'] as const;
export type MilestoneAction = (typeof milestoneActions)[number];

/** What being late does: do it at once; drop it when the next has come too, and note it; leave it to the next. */
export const latenessRules = ['run', 'drop', 'join-next'] as const;
export type LatenessRule = (typeof latenessRules)[number];

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Use HH:MM, as in 09:00');

const moment = z.union([
  z.strictObject({ day: z.int().min(1).max(366), at: timeOfDay }),
  /** Elapsed ms after publication, of an ordinary day: a shorter day shrinks it. */
  z.strictObject({ afterMs: z.int().min(0).max(31 * day) }),
]);
export type Moment = z.infer<typeof moment>;

const milestone = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'Use lower-case words with hyphens'),
  action: z.enum(milestoneActions),
  moment,
  lateness: z.enum(latenessRules),
});
export type Milestone = z.infer<typeof milestone>;

/** The schedule of a campaign as data (E8). `day` is a calendar day, or a duration in ms with which zones play no part. */
export const scheduleSchema = z
  .strictObject({
    day: z.union([z.literal('calendar'), z.strictObject({ ms: z.int().min(1_000).max(7 * day) })]),
    milestones: z.array(milestone).min(1).max(60),
  })
  .superRefine(({ day: calendar, milestones }, context) => {
    const keys = new Set<string>();
    milestones.forEach(({ key }, index) => {
      if (keys.has(key)) context.addIssue({ code: 'custom', path: ['milestones', index, 'key'], message: `"${key}" is used twice` });
      keys.add(key);
    });
    const [close, ...further] = milestones.filter(({ action }) => action === 'close');
    if (!close || further.length > 0) {
      context.addIssue({ code: 'custom', path: ['milestones'], message: 'A schedule closes the campaign exactly once' });
      return;
    }
    milestones.forEach(({ moment: at, action, lateness }, index) => {
      if (action === 'close' && lateness !== 'run') {
        context.addIssue({ code: 'custom', path: ['milestones', index, 'lateness'], message: 'A late close runs at once: use "run"' });
      }
      if (action !== 'close' && !surelyBefore(at, close.moment, calendar === 'calendar')) {
        context.addIssue({ code: 'custom', path: ['milestones', index, 'moment'], message: 'Comes after the close' });
      }
    });
  })
  .meta({ id: 'Schedule' });
export type Schedule = z.infer<typeof scheduleSchema>;

/** Minutes into the day of a wall-clock time. */
export function minutesOf(at: string): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  return hours * 60 + minutes;
}

/** The moment on a calendar of 24-hour days: good for ordering within a schedule. */
export function roughMs(at: Moment): number {
  return 'afterMs' in at ? at.afterMs : (at.day - 1) * day + minutesOf(at.at) * minute;
}

/**
 * Whether one moment comes before another whatever the hour of publication: elapsed time counts from that hour, which
 * on a calendar may be the last one of day 1.
 */
function surelyBefore(one: Moment, other: Moment, calendar: boolean): boolean {
  const counted = calendar && 'afterMs' in one && 'at' in other ? day : 0;
  return roughMs(one) + counted < roughMs(other);
}

/** A duration of an ordinary day as this schedule counts it: a day of 12 h makes 72 h into 36 h. */
export function scaleWindow(ms: number, schedule: Pick<Schedule, 'day'>): number {
  return schedule.day === 'calendar' ? ms : Math.round((ms * schedule.day.ms) / day);
}
