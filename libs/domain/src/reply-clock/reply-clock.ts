import { addWorkingTime, type WorkingHours } from './working-hours.js';

/** How soon a creator is to be answered (D5). */
export interface ReplyRule {
  /** Hours of the clock, more than 0. */
  hours: number;
  /** Hours that count; null: all of them. */
  working: WorkingHours | null;
}

/** Within 24 elapsed hours. */
export const defaultReplyRule: ReplyRule = { hours: 24, working: null };

/** How long before the end somebody is reminded, in hours of the same clock. */
const remindBefore = 4;
const hour = 3_600_000;

export interface ReplyMoments {
  /** ms since the epoch; null when so little time is given that only the end is told. */
  remindAt: number | null;
  /** ms since the epoch. */
  dueAt: number;
}

/**
 * When somebody is to be reminded, and when the answer is overdue.
 * @param since when the first unanswered message came, ms since the epoch
 * @param timeZone the workspace's
 */
export function replyMoments(since: number, { hours, working }: ReplyRule, timeZone: string): ReplyMoments {
  const after = (amount: number): number =>
    working === null ? since + amount * hour : addWorkingTime(since, amount * hour, working, timeZone);
  return { remindAt: hours > remindBefore ? after(hours - remindBefore) : null, dueAt: after(hours) };
}
