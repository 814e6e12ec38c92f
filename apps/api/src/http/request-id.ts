import { newId } from '@sevenfold/platform/ids';
import type { NextFunction, Request, Response } from 'express';

declare module 'express-serve-static-core' {
  interface Request {
    /** Ties the answer, the audit entry and the log lines of one request together. */
    id: string;
  }
}

const acceptable = /^[\w.:-]{1,100}$/;

/** Takes the caller's `X-Request-Id` when it is a plain word, else makes one; it is in every answer. */
export function requestId(request: Request, response: Response, next: NextFunction): void {
  const given = request.header('x-request-id');
  request.id = given !== undefined && acceptable.test(given) ? given : newId();
  response.setHeader('X-Request-Id', request.id);
  next();
}
