import { createECDH } from 'node:crypto';
import { isIP } from 'node:net';
import { z } from 'zod';
import { KeyRing } from '../crypto/index.js';

/** Messages continue "VARIABLE …" and never hold the value, which may be a secret. */

export const text = z.string().min(1, 'is empty');

export const secret = z.string().min(16, 'is shorter than 16 characters');

export const port = whole('is not a port number (0 to 65535)', 0, 65_535);

export function bytes(most: number) {
  return whole(`is not a number of bytes from 1 to ${most}`, 1, most);
}

export function count(most: number) {
  return whole(`is not a number from 1 to ${most}`, 1, most);
}

export function milliseconds(most: number) {
  return whole(`is not a number of milliseconds from 1 to ${most}`, 1, most);
}

/** An http(s) URL; given out without a trailing slash. */
export const httpUrl = z
  .string()
  .refine((value) => hasProtocol(value, ['http:', 'https:']), 'is not an http or https URL')
  .transform((value) => value.replace(/\/+$/, ''));

export const postgresUrl = z.string().refine((value) => hasProtocol(value, ['postgres:', 'postgresql:']), 'is not a postgres URL');

export const hostAndPort = z.string().regex(/^[^\s/:]+:\d{1,5}$|^\[[0-9a-f:]+\]:\d{1,5}$/i, 'is not host:port');

export const keyRing = z.string().transform((value, context): KeyRing => {
  try {
    return KeyRing.parse(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    context.addIssue({ code: 'custom', message: `is not a key ring: ${error.message}` });
    return z.NEVER;
  }
});

/** 32 bytes in base64, as they come out. */
export const pushKey = z
  .string()
  .regex(/^[A-Za-z0-9+/_-]{43}=?$/, 'is not 32 bytes in base64')
  .transform((value) => Buffer.from(value, 'base64'))
  .refine(isPushKey, 'is not a key of the curve P-256; one in four billion is not, so make another');

export const pushContact = z
  .string()
  .refine((value) => /^mailto:[^\s@]+@[^\s@]+$/.test(value) || hasProtocol(value, ['https:']), 'is neither mailto: nor an https URL');

export const yesOrNo = z.enum(['yes', 'no'], { error: 'is neither yes nor no' }).transform((value) => value === 'yes');

/** Package names between commas, each once. */
export const packageList = z
  .string()
  .transform((value) => value.split(',').map((name) => name.trim()).filter((name) => name !== ''))
  .refine((names) => names.length > 0, 'names no package')
  .refine((names) => new Set(names).size === names.length, 'names a package twice');

/** Names and addresses of machines, in lower case. */
export const hostList = z
  .string()
  .transform((value) => value.split(',').map((each) => each.trim().toLowerCase()).filter((each) => each !== ''))
  .refine((hosts) => hosts.every((host) => isIP(host) !== 0 || /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(host)), 'names something that is no host');

/** What Express calls `trust proxy`: names of well-known networks, addresses, networks. */
export const proxyList = z
  .string()
  .transform((value) => value.split(',').map((each) => each.trim()).filter((each) => each !== ''))
  .refine((proxies) => proxies.every(isProxy), 'names something that is no address and no network');

function isProxy(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function whole(message: string, least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
}

function isPushKey(key: Buffer): boolean {
  try {
    createECDH('prime256v1').setPrivateKey(key);
    return true;
  } catch {
    return false;
  }
}

function hasProtocol(value: string, protocols: string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}
