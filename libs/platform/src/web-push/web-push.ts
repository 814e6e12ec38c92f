import { createECDH } from 'node:crypto';
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { RequestDetails } from 'web-push';
import { isPublicAddress, notPublic, publicLookup } from '../public-address/index.js';

/** Where a browser can be called: an address at its maker's push service, and the keys only that browser can read by. */
export interface PushTarget {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

export interface PushCall {
  /** Read by the browser alone; at most about 3,000 bytes. */
  payload: string;
  /** How long the service keeps it for a device that is off. */
  ttlSeconds: number;
  urgency: 'normal' | 'high';
  /** Letters, digits, - and _, at most 32: a later call with the same one replaces this. */
  topic: string;
}

/** `gone`: the device will never be there again. `later`: try again. `refused`: trying again would be refused again. */
export type PushOutcome =
  | { outcome: 'sent' }
  | { outcome: 'gone'; status: number }
  | { outcome: 'later'; status: number | null; retryAfterMs: number | null }
  | { outcome: 'refused'; status: number };

/** Calls browsers by Web Push (RFC 8030, 8291, 8292). */
export interface WebPush {
  /** What a page subscribes with. */
  readonly publicKey: string;
  /** Why an address is not called; null when it may be. */
  problemWith(endpoint: string): string | null;
  /** One call, never repeated inside, never throws. */
  send(target: PushTarget, call: PushCall): Promise<PushOutcome>;
  close(): void;
}

export interface WebPushOptions {
  /** 32 bytes, the private half of the key by which push services know us. */
  privateKey: Buffer;
  /** How the makers of browsers can reach whoever runs this: an https address or mailto:. */
  contact: string;
  /** Calls addresses of this network and without TLS too; for tests. */
  anyAddress?: boolean;
  timeoutMs?: number;
}

/** What the configuration says, or nothing where no key is set. */
export function webPushOf({ pushKey, pushContact, pushAnyAddress, publicUrl }: {
  pushKey: Buffer | undefined;
  pushContact: string | undefined;
  pushAnyAddress: boolean;
  publicUrl: string;
}): WebPush | undefined {
  if (!pushKey) return undefined;
  const contact = pushContact ?? (publicUrl.startsWith('https:') ? publicUrl : `mailto:postmaster@${new URL(publicUrl).hostname}`);
  return createWebPush({ privateKey: pushKey, contact, anyAddress: pushAnyAddress });
}

export function createWebPush({ privateKey, contact, anyAddress = false, timeoutMs = 10_000 }: WebPushOptions): WebPush {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(privateKey);
  const vapidDetails = {
    subject: contact, publicKey: curve.getPublicKey('base64url'), privateKey: privateKey.toString('base64url'),
  };
  const agents = {
    http: new HttpAgent({ keepAlive: true, maxSockets: 20 }),
    https: new HttpsAgent({ keepAlive: true, maxSockets: 20, ...(!anyAddress && { lookup: publicLookup }) }),
  };
  const problemWith = (endpoint: string): string | null => addressProblem(endpoint, anyAddress);
  return {
    publicKey: vapidDetails.publicKey,
    problemWith,
    async send(target, { payload, ttlSeconds, urgency, topic }) {
      if (problemWith(target.endpoint) !== null) return { outcome: 'refused', status: 0 };
      try {
        const { default: webPush } = await import('web-push'); // nobody waits for it at the start of a process
        const details = webPush.generateRequestDetails(target, payload, { vapidDetails, TTL: ttlSeconds, urgency, topic, contentEncoding: 'aes128gcm' });
        return outcomeOf(await post(details, agents, timeoutMs));
      } catch (error) {
        // Keys that are no keys will not become any; a line that breaks may hold next time.
        return isNetworkError(error) ? { outcome: 'later', status: null, retryAfterMs: null } : { outcome: 'refused', status: 0 };
      }
    },
    close: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function addressProblem(endpoint: string, anyAddress: boolean): string | null {
  if (endpoint.length > 1_000 || !URL.canParse(endpoint)) return 'is no address';
  const { protocol, hostname, username, password } = new URL(endpoint);
  if (username !== '' || password !== '') return 'holds a password';
  if (anyAddress) return protocol === 'https:' || protocol === 'http:' ? null : 'is not an https address';
  if (protocol !== 'https:') return 'is not an https address';
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return isPublicAddress(host) ? null : 'is not an address of the internet';
  if (!host.includes('.') || /(^|\.)(localhost|local|internal|localdomain|home\.arpa)\.?$/i.test(host)) return 'is not an address of the internet';
  return null;
}

interface Answer {
  status: number;
  retryAfter: string | undefined;
}

function post(
  { endpoint, method, headers, body }: RequestDetails,
  agents: { http: HttpAgent; https: HttpsAgent },
  timeoutMs: number,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const secure = endpoint.startsWith('https:');
    const options = { method, headers, agent: secure ? agents.https : agents.http, signal: AbortSignal.timeout(timeoutMs) };
    const request = (secure ? httpsRequest : httpRequest)(endpoint, options, (response) => {
      response.resume(); // what it says besides is of no use, and redirects are not followed
      response.once('error', reject);
      response.once('end', () => resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] }));
    });
    request.once('error', reject);
    request.end(body ?? undefined);
  });
}

function outcomeOf({ status, retryAfter }: Answer): PushOutcome {
  if (status >= 200 && status < 300) return { outcome: 'sent' };
  if (status === 404 || status === 410) return { outcome: 'gone', status };
  if (status === 429 || status === 408 || status >= 500) return { outcome: 'later', status, retryAfterMs: seconds(retryAfter) };
  return { outcome: 'refused', status };
}

/** Seconds or a date; a day at most. */
function seconds(retryAfter: string | undefined): number | null {
  if (retryAfter === undefined || !/^\d{1,9}$/.test(retryAfter.trim())) return null;
  return Math.min(Number(retryAfter), 86_400) * 1_000;
}

function isNetworkError(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('name' in error && (error.name === 'TimeoutError' || error.name === 'AbortError')) return true;
  return 'code' in error && typeof error.code === 'string' && error.code !== notPublic && !error.code.startsWith('ERR_CRYPTO');
}
