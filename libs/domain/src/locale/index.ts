export { isTimeZone } from './time-zone.js';
