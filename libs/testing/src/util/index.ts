export { freePort, isPortFree } from './free-port.js'
export { until, type UntilOptions } from './until.js'
