import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { UnreadableError } from './unreadable-error.js';

/** Bytes of a key of AES-256. */
export const keyBytes = 32;
const version = 1;
const ivBytes = 12;
const tagBytes = 16;
const headBytes = 1 + ivBytes + tagBytes;

/** A new random data key of 32 bytes. Keep it only wrapped by the key ring. */
export function newDataKey(): Buffer {
  return randomBytes(keyBytes);
}

/**
 * Encrypts by AES-256-GCM: version byte, 12 bytes IV, 16 bytes tag, ciphertext.
 * @param dataKey 32 bytes
 * @param plaintext bytes, or a text to be sealed as UTF-8
 * @param aad where it belongs, such as `creator_address:<row id>`; opening needs the same, so rows can't be swapped
 * @throws RangeError for a key of another length
 */
export function seal(dataKey: Buffer, plaintext: Uint8Array | string, aad: string): Buffer {
  requireKey(dataKey);
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', dataKey, iv, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(aad, 'utf8'));
  const plain = typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext;
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.from([version]), iv, cipher.getAuthTag(), ciphertext]);
}

/**
 * Decrypts what `seal` made.
 * @throws UnreadableError `malformed` when it is too short or of another version, `not_authentic` for a wrong key, another `aad` or
 * changed bytes; RangeError for a key of another length
 */
export function open(dataKey: Buffer, sealed: Uint8Array, aad: string): Buffer {
  requireKey(dataKey);
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < headBytes || bytes[0] !== version) throw new UnreadableError('malformed', 'not a sealed text of a version known here');
  const decipher = createDecipheriv('aes-256-gcm', dataKey, bytes.subarray(1, 1 + ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(aad, 'utf8'));
  decipher.setAuthTag(bytes.subarray(1 + ivBytes, headBytes));
  const start = decipher.update(bytes.subarray(headBytes));
  try {
    return Buffer.concat([start, decipher.final()]);
  } catch (error) {
    throw new UnreadableError('not_authentic', 'sealed by another key, for another place, or changed since', { cause: error });
  }
}

/** `open` for what was sealed as a text. */
export function openText(dataKey: Buffer, sealed: Uint8Array, aad: string): string {
  return open(dataKey, sealed, aad).toString('utf8');
}

function requireKey(key: Buffer): void {
  if (key.length !== keyBytes) throw new RangeError(`a data key has ${keyBytes} bytes, not ${key.length}`);
}
