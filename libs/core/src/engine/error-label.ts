import { isDomainError } from '@sevenfold/domain/errors';

/**
 * What may be stored about a failure: a code or the error's kind. Messages of errors hold addresses, texts and
 * statements with values in them, so they stay in the (redacting) log.
 */
export function errorLabel(error: unknown): string {
  if (isDomainError(error)) return error.code;
  if (typeof error !== 'object' || error === null) return 'unknown';
  const code = 'code' in error ? error.code : undefined;
  if (typeof code === 'string' || typeof code === 'number') return String(code).slice(0, 80);
  return 'name' in error && typeof error.name === 'string' ? error.name.slice(0, 80) : 'unknown';
}
