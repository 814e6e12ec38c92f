import { timingSafeEqual } from 'node:crypto';
import { newId, stableId } from '../ids/index.js';
import { hashSecret, newSecret } from './secrets.js';

/** A bearer token: shown once, kept as `id` (the row's) and `secretHash`. */
export interface NewToken {
  token: string;
  id: string;
  secretHash: string;
}

/** What a token says of itself; nothing is proven before its secret matches the stored hash. */
export interface ParsedToken {
  id: string;
  secret: string;
}

/** Makes `<prefix>_<uuid without dashes>_<secret>`, the secret 32 random bytes in base64url. */
export function newToken(prefix = 'sf'): NewToken {
  const id = newId();
  const secret = newSecret();
  return { token: `${prefix}_${id.replaceAll('-', '')}_${secret}`, id, secretHash: hashSecret(secret) };
}

/** The id (with dashes) and secret of a token `newToken` made with this prefix; null for anything else. */
export function parseToken(token: string, prefix = 'sf'): ParsedToken | null {
  if (!token.startsWith(`${prefix}_`)) return null;
  const [, hex, secret] = /^([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/.exec(token.slice(prefix.length + 1)) ?? [];
  if (!hex || !secret) return null;
  return { id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), secret };
}

/**
 * Like `parseToken`, and also takes a token an operator chose (16 to 512 characters, such as the bootstrap token): its id is
 * derived from it and all of it is the secret, so both kinds are looked up in the same way. Null for anything else.
 */
export function readToken(token: string, prefix = 'sf'): ParsedToken | null {
  const parsed = parseToken(token, prefix);
  if (parsed) return parsed;
  // By the hash, as an id is no secret and must not let a weak choice be guessed more easily than its stored hash would.
  return token.length >= 16 && token.length <= 512 ? { id: stableId('token', hashSecret(token)), secret: token } : null;
}

/** Compares two hashes in a time that doesn't depend on where they differ. */
export function sameHash(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one, 'utf8'), Buffer.from(other, 'utf8')];
  return left.length === right.length && timingSafeEqual(left, right);
}
