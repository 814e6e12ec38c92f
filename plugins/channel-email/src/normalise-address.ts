import { domainToASCII } from 'node:url';
import type { NormalisedAddress } from '@sevenfold/plugin-sdk';

// A plain mailbox: no quotes, comments, lists, spaces or control characters, so it can never become two addresses.
const LOCAL = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;

const refused: NormalisedAddress = { ok: false, reason: 'not an e-mail address' };

/** Trims, and writes the domain in lower case and ASCII. The part before the @ is the receiver's and stays as it is. */
export function normaliseMailAddress(address: string): NormalisedAddress {
  const trimmed = address.trim();
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, at);
  if (at < 1 || Buffer.byteLength(local) > 64 || !LOCAL.test(local)) return refused;
  const domain = domainToASCII(trimmed.slice(at + 1)).toLowerCase();
  return DOMAIN.test(domain) ? { ok: true, address: `${local}@${domain}` } : refused;
}
