export { inSources } from './in-sources.js';
export { mapUncaught } from './map-uncaught.js';
