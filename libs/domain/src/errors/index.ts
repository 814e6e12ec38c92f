export { errorCodes, type ErrorCode } from './codes.js';
export { DomainError, isDomainError } from './domain-error.js';
export type { FieldProblem } from './field-problem.js';
export type { Json } from './json.js';
export { done, refuse, unwrap, type Outcome, type Refusal } from './outcome.js';
