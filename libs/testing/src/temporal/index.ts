export { startTemporal, type RunningTemporal, type StartTemporalOptions } from './server.js';
export { createTimeSkippingEnv, type TimeSkipping } from './time-skipping.js';
