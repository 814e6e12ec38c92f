export type { Clock } from './clock.js';
export { systemClock } from './system-clock.js';
export { fixedClock, type FixedClock } from './fixed-clock.js';
