export { holdOverQuietHours, quietCode, type Daytime } from './hold.js';
export { notBeforeFor, type Disturbance } from './not-before.js';
