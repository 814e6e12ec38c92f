import type { KeyRing } from './key-ring.js';

/**
 * A keyed hash of an address on a channel, in hex: finds an address without storing it, and can't be guessed without the key ring.
 * Stable over key rotation, see KeyRing. The channel's plugin makes one spelling of an address first; here only spaces around it go.
 */
export function addressHash(keyRing: KeyRing, channel: string, address: string): string {
  return keyRing.hmac(`address:${channel}`, address.trim().normalize('NFC'));
}
