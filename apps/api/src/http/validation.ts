import { StandardSchemaValidationPipe, type ArgumentMetadata, type StandardSchemaValidationPipeOptions } from '@nestjs/common';
import { DomainError, type Json } from '@sevenfold/domain/errors';

type Issues = Parameters<NonNullable<StandardSchemaValidationPipeOptions['exceptionFactory']>>[0];

/** Parses every `@Body({ schema })` and `@Query({ schema })`; what does not fit is named field by field. */
export function validationPipe(): StandardSchemaValidationPipe {
  return new ValidationPipe({ exceptionFactory: (issues) => invalidFields(issues) });
}

class ValidationPipe extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const issues = (metadata.schema ? withNul(value) : []).map((name) => ({ path: [name], message: 'Leave out the character NUL (U+0000); no text can hold it' }));
    if (issues.length > 0) throw invalidFields(issues);
    return super.transform(value, metadata);
  }
}

/** The fields of a query or a form with a NUL, which Postgres takes for a broken message; from JSON it was left out before. */
function withNul(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => ([each].flat().some((text) => typeof text === 'string' && text.includes('\0')) ? [name] : []));
}

/** Every path with a message. Strict objects name the fields they don't know one by one. */
export function invalidFields(issues: Issues): DomainError {
  return new DomainError('invalid_fields', { fields: issues.flatMap(fieldsOf) });
}

function fieldsOf(issue: Issues[number]): Json[] {
  const path = pathOf(issue);
  const meant = meantBranch(issue);
  if (meant) return meant.flatMap((each) => fieldsOf({ ...each, path: [...path, ...(each.path ?? [])] }));
  if ('code' in issue && issue.code === 'unrecognized_keys' && 'keys' in issue && Array.isArray(issue.keys)) {
    return issue.keys.map((key) => ({ path: [...path, String(key)].join('.'), message: 'There is no such field' }));
  }
  return [{ path: path.join('.'), message: issue.message }];
}

/** Of several alternatives the one that was meant: the only one whose kind fits, or that knows every field given, so that what is wrong is inside it. */
function meantBranch(issue: Issues[number]): Issues | undefined {
  if (!('code' in issue) || issue.code !== 'invalid_union' || !('errors' in issue) || !Array.isArray(issue.errors)) return undefined;
  const branches: Issues[] = issue.errors;
  const fitting = branches.filter((branch) => branch.length > 0 && branch.every(isInside));
  if (fitting.length < 2) return fitting[0];
  const [meant, ...others] = fitting.filter((branch) => !branch.some(hasStranger));
  return others.length === 0 ? meant : undefined;
}

/** A field this alternative does not know: another one was meant. */
const hasStranger = (issue: Issues[number]): boolean => (issue.path ?? []).length === 0 && 'code' in issue && issue.code === 'unrecognized_keys';

const isInside = (issue: Issues[number]): boolean =>
  (issue.path ?? []).length > 0 || ('code' in issue && issue.code === 'unrecognized_keys');

function pathOf(issue: Issues[number]): string[] {
  return (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
}
