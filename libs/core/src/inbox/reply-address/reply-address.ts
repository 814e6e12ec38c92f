import { sameText, type KeyRing } from '@sevenfold/platform/crypto';
import type { ReplyAddressTrait } from '@sevenfold/plugin-sdk';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const key = /^([a-z2-7]{26})([a-z2-7]{20})$/;

/**
 * The address answers to one thread come in at: the thread's id and a proof that we made it. In letters that survive whoever
 * writes addresses in capitals, and short enough for the 64 octets before the @.
 * @param threadId a uuid
 */
export function replyAddressFor(keyRing: KeyRing, { mailbox, style }: ReplyAddressTrait, threadId: string): string {
  const { local, domain } = partsOf(mailbox);
  const own = `${base32(Buffer.from(threadId.replaceAll('-', ''), 'hex'))}${proof(keyRing, threadId, domain)}`;
  return style === 'domain' ? `${own}@${domain}` : `${local}+${own}@${domain}`;
}

/**
 * The thread a reply address belongs to; null for any other address, one on another domain than the configured one, or one
 * we did not make. Only ever ask it about the envelope: what a mail says in To and Cc anybody may write.
 */
export function openReplyAddress(keyRing: KeyRing, trait: ReplyAddressTrait, address: string): string | null {
  const ours = partsOf(trait.mailbox);
  const theirs = partsOf(address.trim());
  if (theirs.domain !== ours.domain) return null;
  const prefix = trait.style === 'domain' ? '' : `${ours.local.toLowerCase()}+`;
  const local = theirs.local.toLowerCase();
  const [, id = '', given = ''] = key.exec(local.startsWith(prefix) ? local.slice(prefix.length) : '') ?? [];
  const threadId = uuidOf(id);
  return threadId !== null && sameText(given, proof(keyRing, threadId, ours.domain)) ? threadId : null;
}

/** 100 bits of an HMAC; the domain is in it, so that a key is worth nothing elsewhere. */
const proof = (keyRing: KeyRing, threadId: string, domain: string): string =>
  base32(Buffer.from(keyRing.hmac('reply-address', `${threadId}@${domain}`), 'hex')).slice(0, 20);

function partsOf(address: string): { local: string; domain: string } {
  const at = address.lastIndexOf('@');
  return { local: address.slice(0, Math.max(at, 0)), domain: address.slice(at + 1).toLowerCase() };
}

function base32(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** 26 letters carry 130 bits: the last two must be none. */
function uuidOf(letters: string): string | null {
  if (letters.length !== 26) return null;
  const bits = [...letters].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  if (!bits.endsWith('00')) return null;
  const hex = (bits.slice(0, 128).match(/.{4}/g) ?? []).map((four) => Number.parseInt(four, 2).toString(16)).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
