export { isTimeZone } from './time-zone.js';
export { zonesOfCountry } from './zones-of-country.js';
