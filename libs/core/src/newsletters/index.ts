export { enterDigest } from './enter-digest.js';
export { nextDigest } from './next-digest.js';
export { runDigest } from './run-digest.js';
