export { maxBlobBytes, type Blob, type BlobContent, type BlobInput, type BlobStore } from './blob-store.js';
export { describeBlob } from './describe-blob.js';
export { MemoryBlobStore } from './memory-blob-store.js';
