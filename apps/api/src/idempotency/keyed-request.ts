import type { KeyedRequest } from '@sevenfold/core/idempotency';
import { DomainError, type Json } from '@sevenfold/domain/errors';
import { contentHash } from '@sevenfold/platform/crypto';
import type { Request } from 'express';
import type { Principal } from '../auth/principal.js';
import { isMultipart } from '../http/bodies.js';

const longestKey = 255;

/**
 * What makes a repeat of a POST recognisable; null when it carries no key. Multipart uploads are left out: the same
 * bytes are the same file anyway.
 * @throws DomainError `malformed_request` for a key that is empty or longer than 255 characters
 */
export function keyedRequest(request: Request): KeyedRequest | null {
  const key = request.header('idempotency-key');
  if (key === undefined || request.method !== 'POST' || !request.principal || isMultipart(request.headers['content-type'])) return null;
  if (key === '' || key.length > longestKey) {
    throw new DomainError('malformed_request', {}, `An Idempotency-Key has 1 to ${longestKey} characters`);
  }
  return { actorKey: actorKey(request.principal), route: `POST ${request.path}`, key, bodyHash: bodyHash(request.body) };
}

function actorKey(principal: Principal): string {
  switch (principal.kind) {
    case 'member':
      return `member:${principal.memberId}`;
    case 'creator':
      return `creator:${principal.creatorId}`;
    case 'bot':
      return 'bot';
  }
}

/** The same for bodies that say the same: the order of members and the blanks between them don't count. */
function bodyHash(body: unknown): string {
  return contentHash(Buffer.isBuffer(body) ? body : JSON.stringify(sorted(body as Json)));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
