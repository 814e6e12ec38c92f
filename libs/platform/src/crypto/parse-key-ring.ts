import { keyBytes } from './seal.js';

/** A key of 32 bytes and the name it is known by. */
export interface RingKey {
  id: string;
  key: Buffer;
}

/** The parts of `id:base64key,...`. The reserved id `hash` is the key for hashes and wraps nothing. */
export function parseKeyRing(text: string): { keys: RingKey[]; hashKey?: Buffer } {
  const entries = text.split(',').map((entry, index) => parseEntry(entry.trim(), index + 1));
  const ids = entries.map((entry) => entry.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice) throw new RangeError(`the id "${twice}" is there twice`);
  return { keys: entries.filter((entry) => entry.id !== 'hash'), hashKey: entries.find((entry) => entry.id === 'hash')?.key };
}

function parseEntry(entry: string, position: number): RingKey {
  const [, id, base64] = /^([A-Za-z0-9_-]{1,32}):(.*)$/.exec(entry) ?? [];
  if (!id || base64 === undefined) throw new RangeError(`entry ${position} is not id:base64key`);
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) throw new RangeError(`the key "${id}" is not base64`);
  const key = Buffer.from(base64, 'base64');
  if (key.length !== keyBytes) throw new RangeError(`the key "${id}" has ${key.length} bytes, not ${keyBytes}`);
  return { id, key };
}
