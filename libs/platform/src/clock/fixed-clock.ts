import type { Clock } from './clock.js';

/** A clock that stands still until it is moved. */
export interface FixedClock extends Clock {
  /** Moves the clock to `date`, forward or back. */
  set(date: Date): void;
  /** Moves the clock by `ms` milliseconds. */
  advance(ms: number): void;
}

/** Makes a clock that shows `date` until it is set or advanced. For tests. */
export function fixedClock(date: Date): FixedClock {
  let at = date.getTime();
  return {
    // A new Date each time, so that nobody moves the clock by changing what it gave out.
    now: () => Promise.resolve(new Date(at)),
    set: (next) => {
      at = next.getTime();
    },
    advance: (ms) => {
      at += ms;
    },
  };
}
