export { Lease, type LeaseOptions } from './lease.js';
export { Receivers, type ReceiversParts } from './receivers.js';
