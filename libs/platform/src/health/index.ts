export { runChecks, type Checks, type Readiness } from './run-checks.js';
export { startHealthServer, type HealthServer, type HealthServerOptions } from './start-health-server.js';
