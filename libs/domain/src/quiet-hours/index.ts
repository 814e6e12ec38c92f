export { defaultQuietHours, quietUntil, type QuietHours } from './quiet-hours.js';
export { zonesOf, type Whereabouts } from './whose-zones.js';
