export type { AsyncResource } from './async-resource.js';
export { startChild, type Child, type ChildOptions } from './child.js';
export { freePort, isPortFree } from './free-port.js';
export { endProcess, errorCode, isAlive, signal } from './processes.js';
export { programBeside } from './reaper.js';
export { until, type UntilOptions } from './until.js';
export { listen, type HttpServer } from './http.js';
