import { lookup as resolve, type LookupAddress } from 'node:dns';
import * as http from 'node:http';
import * as https from 'node:https';
import { BlockList, type LookupFunction } from 'node:net';
import type { FetchContext } from '@sevenfold/plugin-sdk';
import type { MediaPlace } from './media-places.js';

/** What one request was answered. */
export interface MediaAnswer {
  status: number;
  /** Where it sends us instead. */
  location: string | undefined;
  retryAfterMs: number | undefined;
  contentType: string | undefined;
  content: Buffer;
}

/** More came than is allowed. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** Asks once and follows nothing. @param timeoutMs between two bytes @throws TooLarge, and what the line throws */
export function getOnce({ url, authorization, publicOnly }: MediaPlace, { signal, maxBytes }: FetchContext, timeoutMs: number): Promise<MediaAnswer> {
  return new Promise((done, fail) => {
    const headers = { accept: '*/*', 'accept-encoding': 'identity', ...(authorization !== undefined && { authorization }) };
    const get = url.protocol === 'https:' ? https.get : http.get;
    const request = get(url, { headers, signal, timeout: timeoutMs, agent: false, ...(publicOnly && { lookup: publicLookup }) }, (response) => {
      const { statusCode: status = 0, headers: said } = response;
      const about = {
        status,
        location: status >= 300 && status < 400 ? said.location : undefined,
        retryAfterMs: /^\d{1,6}$/.test(said['retry-after'] ?? '') ? Number(said['retry-after']) * 1_000 : undefined,
        contentType: said['content-type'],
      };
      if (status !== 200) {
        response.destroy();
        return done({ ...about, content: Buffer.alloc(0) });
      }
      collect(response, maxBytes).then((content) => done({ ...about, content }), fail);
    });
    request.on('timeout', () => request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    request.on('error', fail);
  });
}

/** The body, unless it is longer than allowed, or shorter than announced. */
async function collect(response: http.IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) {
    response.destroy();
    throw new TooLarge();
  }
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response) {
    size += piece.length;
    if (size > maxBytes) throw new TooLarge();
    pieces.push(piece);
  }
  if (!response.complete) throw Object.assign(new Error('cut'), { code: 'ECONNRESET' });
  return Buffer.concat(pieces);
}

const INSIDE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24],
  ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 3],
] as const) INSIDE.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [['::', 128], ['::1', 128], ['64:ff9b::', 96], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8]] as const) INSIDE.addSubnet(net, bits, 'ipv6');

/** Whether an address belongs to a network of our own rather than to the open internet. */
export function isInside(address: string, family: number): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped !== undefined ? INSIDE.check(mapped, 'ipv4') : INSIDE.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** Names of the open internet that lead inside are refused: whoever answers for a name could point it at our own services. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, '');
    const outside = addresses.filter(({ address, family }) => !isInside(address, family));
    const [first] = outside;
    if (!first) return callback(Object.assign(new Error('inside'), { code: 'EHOSTUNREACH' }), '');
    return options.all === true ? callback(null, outside) : callback(null, first.address, first.family);
  });
};
