import { createHash, timingSafeEqual } from 'node:crypto';
import type { InboundRequest } from '@sevenfold/plugin-sdk';
import twilio from 'twilio';
import type { TwilioConfig } from './config.js';
import { addressesOf } from './called-address.js';

/** What a verified webhook said, and the address it was called at. */
export interface Verified {
  form: URLSearchParams;
  url: URL;
}

/**
 * Reads a webhook that Twilio signed; undefined when it did not. The signature is made over the address Twilio called and the
 * fields of the form; of a body that is no form, over its hash in the query.
 * @param publicUrl where the outside world reaches the API
 */
export function verify(request: InboundRequest, config: TwilioConfig, publicUrl: string): Verified | undefined {
  const signature = request.headers['x-twilio-signature'];
  const read = readBody(request);
  if (signature === undefined || read === undefined) return undefined;
  const tokens = [config.TWILIO_AUTH_TOKEN, config.TWILIO_AUTH_TOKEN_SECONDARY].filter((token) => token !== undefined);
  for (const address of addressesOf(publicUrl, request.path)) {
    const url = URL.parse(address);
    if (url === null || (read.hash !== undefined && !sameHash(read.hash, url.searchParams.get('bodySHA256') ?? ''))) continue;
    if (tokens.some((token) => twilio.validateRequest(token, signature, address, read.signed))) return { form: read.form, url };
  }
  return undefined;
}

interface ReadBody {
  form: URLSearchParams;
  /** The fields that are signed. */
  signed: Record<string, string | string[]>;
  /** SHA-256 of a body that is no form: the query must name it. */
  hash?: string;
}

function readBody({ headers, rawBody }: InboundRequest): ReadBody | undefined {
  const bytes = Buffer.from(rawBody);
  if (!/\bjson\b/i.test(headers['content-type'] ?? '')) {
    const form = new URLSearchParams(bytes.toString('utf8'));
    return { form, signed: fieldsOf(form) };
  }
  const form = fromJson(bytes.toString('utf8'));
  return form && { form, signed: {}, hash: createHash('sha256').update(bytes).digest('hex') };
}

/** Repeated fields are signed as a list. */
function fieldsOf(form: URLSearchParams): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = Object.create(null);
  for (const key of new Set(form.keys())) {
    const values = [...form.getAll(key)];
    fields[key] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return fields;
}

function fromJson(text: string): URLSearchParams | undefined {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
    const form = new URLSearchParams();
    for (const [key, value] of Object.entries(body)) {
      if (typeof value === 'string' || typeof value === 'number') form.append(key, String(value));
    }
    return form;
  } catch {
    return undefined;
  }
}

function sameHash(ours: string, theirs: string): boolean {
  const [one, other] = [Buffer.from(ours), Buffer.from(theirs.toLowerCase())];
  return one.length === other.length && timingSafeEqual(one, other);
}
