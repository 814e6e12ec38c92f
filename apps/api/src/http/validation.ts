import { StandardSchemaValidationPipe, type StandardSchemaValidationPipeOptions } from '@nestjs/common';
import { DomainError, type Json } from '@sevenfold/domain/errors';

type Issues = Parameters<NonNullable<StandardSchemaValidationPipeOptions['exceptionFactory']>>[0];

/** Parses every `@Body({ schema })` and `@Query({ schema })`; what does not fit is named field by field. */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({ exceptionFactory: (issues) => invalidFields(issues) });
}

/** Every path with a message. Strict objects name the fields they don't know one by one. */
export function invalidFields(issues: Issues): DomainError {
  return new DomainError('invalid_fields', { fields: issues.flatMap(fieldsOf) });
}

function fieldsOf(issue: Issues[number]): Json[] {
  const path = pathOf(issue);
  if ('code' in issue && issue.code === 'unrecognized_keys' && 'keys' in issue && Array.isArray(issue.keys)) {
    return issue.keys.map((key) => ({ path: [...path, String(key)].join('.'), message: 'There is no such field' }));
  }
  return [{ path: path.join('.'), message: issue.message }];
}

function pathOf(issue: Issues[number]): string[] {
  return (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
}
