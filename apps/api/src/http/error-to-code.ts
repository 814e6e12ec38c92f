import { HttpException } from '@nestjs/common';
import type { ErrorCode } from '@sevenfold/domain/errors';

export interface KnownError {
  code: ErrorCode;
  detail?: string;
}

const byStatus: Record<number, KnownError> = {
  400: { code: 'malformed_request', detail: 'The request could not be read: is its body valid JSON?' },
  401: { code: 'unauthenticated' },
  403: { code: 'forbidden' },
  404: { code: 'not_found', detail: 'There is no such address; /docs lists them all' },
  405: { code: 'not_found' },
  413: { code: 'payload_too_large' },
  415: { code: 'malformed_request', detail: 'Send application/json' },
};

/** Postgres keeps no NUL in a text: as a value it says so, within a statement it finds the message cut short. */
const notText: KnownError = { code: 'malformed_request', detail: 'A text holds the character NUL (U+0000), which cannot be kept; leave it out' };

/** SQLSTATE of the races that locks and look-ups before could not settle, and of what is no text. */
const bySqlState: Record<string, KnownError> = {
  '23505': { code: 'conflict', detail: 'The same was made at the same moment' },
  '23503': { code: 'conflict', detail: 'Something this refers to is not there, or still refers to it' },
  '22021': notText,
  '08P01': notText,
  '40001': { code: 'unavailable', detail: 'Two requests stood in each other’s way; try again' },
  '40P01': { code: 'unavailable', detail: 'Two requests stood in each other’s way; try again' },
};
const databaseAway = /^(08...|57P0.|53300|ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT)$/;

/** What an error that is not one of our refusals means to the caller. Its own words may hold anything, so they stay here. */
export function errorToCode(error: unknown): KnownError {
  if (isUnreadablePath(error)) return byStatus[404] ?? { code: 'not_found' };
  const status = error instanceof HttpException ? error.getStatus() : parserStatus(error);
  if (status !== undefined) return byStatus[status] ?? { code: 'internal' };
  for (const code of codesOf(error)) {
    const known = bySqlState[code];
    if (known) return known;
    if (databaseAway.test(code)) return { code: 'unavailable', detail: 'The database does not answer; try again' };
  }
  return { code: 'internal' };
}

/** A path with a percent sign that means nothing names nothing, like any other that is no id. Its words are all that tells it from a body. */
function isUnreadablePath(error: unknown): boolean {
  return error instanceof HttpException && error.getStatus() === 400 && error.message.startsWith('Failed to decode param');
}

/** Errors of the body parser carry a status and `expose`. */
function parserStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error) || !('expose' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}

/** The codes of an error and of what caused it, at most four deep. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let seen = error, depth = 0; depth < 4 && typeof seen === 'object' && seen !== null; depth += 1) {
    if ('code' in seen && typeof seen.code === 'string') codes.push(seen.code);
    seen = 'cause' in seen ? seen.cause : 'previous' in seen ? seen.previous : undefined;
  }
  return codes;
}
