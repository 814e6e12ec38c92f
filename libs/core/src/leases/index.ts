export { Lease, type LeaseOptions } from './lease.js';
export { Leases, type LeasesOptions } from './leases.js';
