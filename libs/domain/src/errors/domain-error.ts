import { errorCodes, type ErrorCode } from './codes.js';
import type { Json } from './json.js';

/** A refusal with a stable code. `details` are part of the answer, so they hold nothing the caller may not see. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    readonly details: Record<string, Json> = {},
    message: string = errorCodes[code].title,
  ) {
    super(message);
  }
}

export function isDomainError(error: unknown): error is DomainError {
  return error instanceof DomainError;
}
