export { startTemporalOnPostgres, type StartOnPostgresOptions } from './on-postgres.js';
export { startTemporal, type RunningTemporal, type StartTemporalOptions } from './server.js';
export { createTimeSkippingEnv, type TimeSkipping } from './time-skipping.js';
