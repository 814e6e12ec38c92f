import { createPrivateKey } from 'node:crypto';
import type { ReplyAddressTrait } from '@sevenfold/plugin-sdk';
import { z } from 'zod';
import { normaliseMailAddress } from './normalise-address.js';

const hasProtocol = (value: string, protocols: readonly string[]): boolean => {
  const url = URL.parse(value);
  return url !== null && protocols.includes(url.protocol) && url.hostname !== '';
};

export const smtpUrl = z.string().refine((value) => hasProtocol(value, ['smtp:', 'smtps:']), 'expected smtp://user:password@host:port or smtps://…');
export const imapUrl = z.string().refine((value) => hasProtocol(value, ['imap:', 'imaps:']), 'expected imaps://user:password@host:993/INBOX');

/** An address, or Name <address>. */
export const mailbox = z.string().transform((value, context) => {
  const named = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(value);
  const normalised = normaliseMailAddress(named?.[2] ?? value);
  if (!normalised.ok) {
    context.addIssue({ code: 'custom', message: 'expected an address, or Name <address>' });
    return z.NEVER;
  }
  const name = named?.[1]?.replace(/^"|"$/g, '');
  return { name: name === '' ? undefined : name, address: normalised.address };
});

/** name@domain, or @domain. A key of 46 letters and a plus are put before the @, which has room for 64. */
export const replyMailbox = z.string().transform((value, context): ReplyAddressTrait => {
  const style = value.trim().startsWith('@') ? 'domain' : 'plus';
  const normalised = normaliseMailAddress(style === 'domain' ? `any${value.trim()}` : value);
  const short = normalised.ok && normalised.address.lastIndexOf('@') <= 17;
  if (normalised.ok && short) return { mailbox: normalised.address, style };
  context.addIssue({ code: 'custom', message: 'expected name@domain with a name of 17 letters at most, or @domain' });
  return z.NEVER;
});

/** PEM in one variable, as .env files and secret stores can hold it. */
export const pem = z.string().transform((value) => `${value.replaceAll('\\n', '\n').trim()}\n`).refine((value) => value.startsWith('-----BEGIN '), 'expected PEM: -----BEGIN …');

/** A private key the signer can use; found out at the start, because a signer that fails sends unsigned. */
export const rsaKey = pem.refine((value) => {
  try {
    return createPrivateKey(value).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}, 'expected an RSA private key without a password');

export const isOn = z.enum(['on', 'off']).default('off').transform((value) => value === 'on');

/** Words between commas. */
export const words = z.string().default('').transform((value) => value.split(',').map((each) => each.trim().toLowerCase()).filter((each) => each !== ''));
