import { DomainError } from '@sevenfold/domain/errors';
import { contentHash } from '../crypto/index.js';
import { maxBlobBytes, type Blob } from './blob-store.js';

/** Hash and size of a file about to be kept. @throws DomainError payload_too_large above {@link maxBlobBytes} */
export function describeBlob(bytes: Uint8Array, contentType: string): Omit<Blob, 'id'> {
  if (bytes.byteLength > maxBlobBytes) throw new DomainError('payload_too_large', { maxBytes: maxBlobBytes });
  return { sha256: contentHash(bytes), contentType, size: bytes.byteLength };
}
