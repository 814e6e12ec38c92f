export { freePort, isPortFree } from './free-port.js'
export { endProcess, errorCode, isAlive, signal } from './processes.js'
export { until, type UntilOptions } from './until.js'
