import { describeError } from './describe-error.js';
import { scrubText } from './scrub-text.js';

const hidden = '[redacted]';
const maxDepth = 8;
const maxItems = 100;

/** Field names that end so are hidden: `accessToken`, `contact_email`, `SLACK_SIGNING_SECRET`. */
const endings = ['authorization', 'cookie', 'token', 'tokens', 'secret', 'password', 'credential', 'apikey', 'keyring', 'address', 'addresses', 'email', 'emails',
  'phone', 'phones', 'phonenumber', 'legalname', 'firstname', 'lastname', 'fullname', 'displayname', 'signedname', 'typedname', 'birthdate'];

/** Field names hidden only when they are just that: what people wrote and where they live. */
const names = new Set(['street', 'line1', 'line2', 'city', 'postalcode', 'zip', 'recipient', 'recipients', 'text', 'html', 'subject', 'body', 'signature', 'iban', 'motivation', 'answers']);

/**
 * A copy for the log: fields of secrets and personal data replaced at any depth, mail addresses, phone numbers and tokens in texts too,
 * errors as their type, code, message and frames. Deeper than 8 levels and beyond 100 entries it is cut.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '[too deep]';
  if (value instanceof Error) return redactFields(describeError(value), depth);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, maxItems).map((item) => redact(item, depth + 1));
  if (value instanceof Map) return redactEntries(Array.from(value, ([key, item]) => [String(key), item]), depth);
  if (value instanceof Set) return redact([...value], depth);
  if ('toJSON' in value && typeof value.toJSON === 'function') return redact(value.toJSON(), depth + 1);
  return redactFields(value, depth);
}

/** `redact` for what surely has fields. */
export function redactFields(fields: object, depth = 0): Record<string, unknown> {
  return redactEntries(Object.entries(fields), depth);
}

function redactEntries(entries: [string, unknown][], depth: number): Record<string, unknown> {
  return Object.fromEntries(entries.slice(0, maxItems).map(([key, item]) => [key, isHidden(key, item) ? hidden : redact(item, depth + 1)]));
}

function isHidden(key: string, value: unknown): boolean {
  // Numbers and flags under such names count things (`tokens: 3`); nobody's data.
  if (value === undefined || value === null || typeof value === 'boolean') return false;
  const plain = key.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (typeof value === 'number') return plain.endsWith('phone') || plain.endsWith('phonenumber');
  return names.has(plain) || endings.some((ending) => plain.endsWith(ending));
}
