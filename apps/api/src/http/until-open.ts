import { DomainError } from '@sevenfold/domain/errors';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { sendProblem } from './problem.filter.js';
import { toProblem } from './problem.js';

const health = new Set(['/healthz', '/readyz']);

/**
 * Lets nobody near a database of which it is not known yet that row-level security holds us there: until then everything but the health
 * pages is answered by 503.
 */
export function untilOpen(database: { readonly isOpen: boolean } = { isOpen: true }): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (database.isOpen || health.has(request.path)) return next();
    sendProblem(response, toProblem(new DomainError('unavailable'), { instance: request.path, requestId: request.id }));
  };
}
