export { pluginChecks, type CheckedPlugins } from './plugin-checks.js';
export { runChecks, vitalChecks, type Checks, type Readiness, type RunChecksOptions } from './run-checks.js';
export { sharedCheck } from './shared-check.js';
export { startHealthServer, type HealthServer, type HealthServerOptions } from './start-health-server.js';
