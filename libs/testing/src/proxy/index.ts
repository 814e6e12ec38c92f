export { startFaultProxy, type FaultProxy } from './fault-proxy.js';
export { FaultRules, type Fault, type FaultRule, type ProxiedRequest, type SeenRequest } from './faults.js';
