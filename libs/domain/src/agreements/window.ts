import { hour, scaleWindow, type Schedule } from '../schedule/schedule.js';

/** The time a creator has to sign, in elapsed ms of an ordinary day. */
export const signingWindowMs = 72 * hour;
/** How long before its end the reminder goes out. */
export const reminderBeforeMs = 24 * hour;

export interface AgreementWindow {
  /** ms since the epoch. */
  remindAt: number;
  expiresAt: number;
}

/** The signing window from the moment of sending: elapsed time, so a clock change inside it moves nothing (E4, E8). */
export function windowOf(sentAt: number, schedule: Schedule): AgreementWindow {
  const expiresAt = sentAt + scaleWindow(signingWindowMs, schedule);
  return { expiresAt, remindAt: expiresAt - scaleWindow(reminderBeforeMs, schedule) };
}

/** Open windows move by the pause itself, not by whole days. */
export function shiftWindow(window: AgreementWindow, pausedMs: number): AgreementWindow {
  return { remindAt: window.remindAt + pausedMs, expiresAt: window.expiresAt + pausedMs };
}
