import { createHash } from 'node:crypto';

/** SHA-256 in hex: of a file, of a frozen document, of a request's body. Text is hashed as UTF-8. */
export function contentHash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
