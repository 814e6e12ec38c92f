import type { StoredAnswer } from '@sevenfold/core/idempotency';
import { DomainError, errorCodes, type ErrorCode, type Json } from '@sevenfold/domain/errors';
import type { Response } from 'express';
import { toProblem, type Problem } from '../http/problem.js';

/** Refusals a repeat shall be able to get past: what was wrong with the request, or with us, may be right by then. */
const forgotten: readonly ErrorCode[] = [
  'malformed_request', 'invalid_fields', 'missing_variables', 'template_limit', 'campaign_incomplete', 'payload_too_large', 'too_many_requests',
  'idempotency_running', 'idempotency_conflict',
];

/** The answer to keep for a request that was refused; null for one that is to be tried again. */
export function rememberedRefusal(error: unknown): StoredAnswer | null {
  const problem = toProblem(error, { instance: '', requestId: '' });
  const { status, code } = problem;
  if (status >= 500 || [401, 403, 404].includes(status) || forgotten.includes(code)) return null;
  return { status, headers: {}, body: asJson(problem) };
}

/** The answer to keep for a request that was carried out. */
export function rememberedAnswer(response: Response, body: unknown): StoredAnswer {
  const location = response.getHeader('location');
  return { status: response.statusCode, headers: typeof location === 'string' ? { location } : {}, body: asJson(body ?? null) };
}

/**
 * Answers like the first time.
 * @returns the body
 * @throws DomainError when the first one was refused
 */
export function replay(answer: StoredAnswer, response: Response): unknown {
  response.setHeader('Idempotency-Replay', 'true');
  if (answer.status >= 400) throw refusalOf(answer.body);
  response.status(answer.status);
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  return answer.body ?? undefined;
}

function refusalOf(body: Json): unknown {
  const { type: _type, title: _title, status: _status, instance: _instance, requestId: _id, code, detail, ...members } = body as Problem & Record<string, Json>;
  return new DomainError(code in errorCodes ? code : 'internal', members, detail);
}

/** As it will read on the wire: dates become text, undefined goes. */
function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
