export { hideLinks, showLinks, withoutLinks } from './hide-links.js';
export { openLinks, sealLinks } from './sealed-links.js';
