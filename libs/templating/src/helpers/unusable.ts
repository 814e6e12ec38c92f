import { DomainError } from '@sevenfold/domain/errors';

/** A value a helper cannot write. @throws DomainError `invalid_fields`, never quoting the value */
export function unusable(helper: string, expected: string): never {
  throw new DomainError('invalid_fields', { fields: [{ path: `{{${helper}}}`, message: `expected ${expected}` }] });
}
