import type { Clock } from './clock.js';

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Promise.resolve(new Date()),
};
