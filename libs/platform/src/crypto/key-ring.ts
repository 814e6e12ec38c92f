import { createHmac, hkdfSync } from 'node:crypto';
import { parseKeyRing, type RingKey } from './parse-key-ring.js';
import { open, seal } from './seal.js';
import { UnreadableError } from './unreadable-error.js';

export type { RingKey } from './parse-key-ring.js';

/**
 * The keys of the configuration that wrap data keys. The first is the current one, the others only unwrap what they wrapped.
 *
 * Rotating: put a new key first, rewrap every data key, then take the old one out. Hashes of addresses must not change by
 * that, so their key is apart: an entry with the id `hash`, or, as long as there is none, one derived by HKDF from the
 * last (the oldest) key. Before that oldest key is taken out, add `ring.hashEntry()` to the ring.
 */
export class KeyRing {
  /** Use `KeyRing.parse` or `createKeyRing`. */
  constructor(
    private readonly currentId: string,
    private readonly keys: ReadonlyMap<string, Buffer>,
    private readonly hashKey: Buffer,
  ) {}

  /**
   * Reads `id:base64key,id:base64key,...`, each key 32 bytes, the first the current one.
   * @throws RangeError naming the wrong entry by its position or id, never by its key
   */
  static parse(text: string): KeyRing {
    const { keys, hashKey } = parseKeyRing(text);
    return createKeyRing(keys, hashKey);
  }

  /**
   * Wraps a data key by the current key: `<key id>.<base64url>`.
   * @param owner whose it is, such as `creator:<id>`; unwrapping needs the same
   */
  wrap(dataKey: Buffer, owner = ''): string {
    const id = this.currentId;
    return `${id}.${seal(this.key(id), dataKey, placeOf(id, owner)).toString('base64url')}`;
  }

  /** @throws UnreadableError `unknown_key` when its key left the ring, `not_authentic` or `malformed` when it isn't what was wrapped for `owner` */
  unwrap(wrapped: string, owner = ''): Buffer {
    const id = keyIdOf(wrapped);
    return open(this.key(id), Buffer.from(wrapped.slice(id.length + 1), 'base64url'), placeOf(id, owner));
  }

  /** The same data key wrapped by the current key; null when it already is, so there is nothing to store. Throws like `unwrap`. */
  rewrap(wrapped: string, owner = ''): string | null {
    return keyIdOf(wrapped) === this.currentId ? null : this.wrap(this.unwrap(wrapped, owner), owner);
  }

  /** HMAC-SHA-256 in hex, by the key for hashes; `purpose` keeps equal texts of different uses apart. Survives a rotation. */
  hmac(purpose: string, text: string): string {
    return createHmac('sha256', this.hashKey).update(JSON.stringify([purpose, text])).digest('hex');
  }

  /** The hash of an address whatever its channel. To find a contact point use `addressHash`, which keeps channels apart. */
  hashAddress(address: string): string {
    return this.hmac('address', address);
  }

  /** The entry `hash:<base64key>` that keeps hashes as they are once the oldest key is taken out. A secret. */
  hashEntry(): string {
    return `hash:${this.hashKey.toString('base64')}`;
  }

  /** Says nothing: rings end up in logs by accident. */
  toJSON(): string {
    return '[key ring]';
  }

  private key(id: string): Buffer {
    const key = this.keys.get(id);
    if (!key) throw new UnreadableError('unknown_key', 'wrapped by a key that is not in the key ring');
    return key;
  }
}

/**
 * A ring of these keys, the first the current one, the last the oldest.
 * @param hashKey the key for hashes of addresses; derived from the oldest key unless given
 * @throws RangeError without a key
 */
export function createKeyRing(keys: readonly RingKey[], hashKey?: Buffer): KeyRing {
  const [current, oldest] = [keys[0], keys.at(-1)];
  if (!current || !oldest) throw new RangeError('there is no key to wrap by');
  return new KeyRing(current.id, new Map(keys.map(({ id, key }) => [id, key])), hashKey ?? deriveHashKey(oldest.key));
}

function placeOf(keyId: string, owner: string): string {
  return JSON.stringify(['data-key', keyId, owner]);
}

function keyIdOf(wrapped: string): string {
  const end = wrapped.indexOf('.');
  if (end < 1) throw new UnreadableError('malformed', 'not a wrapped data key');
  return wrapped.slice(0, end);
}

function deriveHashKey(key: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'sevenfold hash key', 32));
}
