export { blobsOf } from './blob-store.js';
export { keepFile, readFile } from './read-file.js';
