export { metrics, type Metric } from './metrics.js';
export { missingFigures } from './missing.js';
