import type { ErrorCode } from './codes.js';
import { DomainError } from './domain-error.js';
import type { Json } from './json.js';

/** A refusal by rule as a value: it travels through a workflow, where an exception would hang the caller. */
export interface Refusal {
  ok: false;
  code: ErrorCode;
  details: Record<string, Json>;
}
export type Outcome<T> = { ok: true; value: T } | Refusal;

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refuse(code: ErrorCode, details: Record<string, Json> = {}): Refusal {
  return { ok: false, code, details };
}

/** @throws DomainError the refusal as an exception */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new DomainError(outcome.code, outcome.details);
}
