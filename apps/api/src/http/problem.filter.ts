import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Logger } from '@sevenfold/platform/logging';
import type { Request, Response } from 'express';
import { toProblem, type Problem } from './problem.js';

/** Every error leaves as problem+json, written in one place. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const problem = toProblem(error, { instance: request.path, requestId: request.id });
    if (problem.status >= 500) this.logger.error({ err: error, requestId: request.id, code: problem.code }, 'request failed');
    // A file may break off while it is sent: then there is nobody left to tell.
    if (response.headersSent) return void response.destroy();
    sendProblem(response, problem);
  }
}

/** Writes a problem with the headers its code asks for. */
export function sendProblem(response: Response, problem: Problem): void {
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="sevenfold"');
  const retryAfter = problem['retryAfterSeconds'] ?? (problem.status === 503 ? 5 : undefined);
  if (typeof retryAfter === 'number') response.setHeader('Retry-After', String(retryAfter));
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
