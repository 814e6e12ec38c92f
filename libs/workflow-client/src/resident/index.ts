export { ResidentWorker, type ResidentWorkerParts } from './resident-worker.js';
