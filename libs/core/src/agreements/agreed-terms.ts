import { termsSchema, type AgreementTerms } from '@sevenfold/domain/agreements';
import { DomainError, type Json } from '@sevenfold/domain/errors';

export type PartialTerms = Partial<AgreementTerms>;

/**
 * The terms of one agreement: the creator's own over the campaign's. `path` is where the caller gave them.
 * @returns the terms, or each missing or wrong field
 */
export function agreedTerms(defaults: PartialTerms, own: PartialTerms, path: string): { terms: AgreementTerms } | { fields: Json[] } {
  const parsed = termsSchema.safeParse({ ...withoutEmpty(defaults), ...withoutEmpty(own) });
  if (parsed.success) return { terms: parsed.data };
  return { fields: parsed.error.issues.map((issue) => ({ path: [path, ...issue.path.map(String)].join('.'), message: issue.message })) };
}

function withoutEmpty(terms: PartialTerms): PartialTerms {
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined && value !== null));
}

/** All of them, or one refusal that names every field. @throws DomainError `invalid_fields` */
export function allTerms(found: readonly ReturnType<typeof agreedTerms>[]): AgreementTerms[] {
  const fields = found.flatMap((each) => ('fields' in each ? each.fields : []));
  if (fields.length > 0) throw new DomainError('invalid_fields', { fields });
  return found.flatMap((each) => ('terms' in each ? [each.terms] : []));
}
