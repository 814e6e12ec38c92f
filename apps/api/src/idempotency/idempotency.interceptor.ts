import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Database, Scope } from '@sevenfold/core/db';
import { claimKey, releaseKey, storeAnswer, type StoredAnswer } from '@sevenfold/core/idempotency';
import type { Logger } from '@sevenfold/platform/logging';
import type { Request, Response } from 'express';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { principalOf } from '../auth/decorators.js';
import { keyedRequest } from './keyed-request.js';
import { rememberedAnswer, rememberedRefusal, replay } from './remembered.js';

/** Makes every POST with an Idempotency-Key happen once, whoever repeats it and however often. */
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly db: Database,
    private readonly logger: Logger,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const keyed = keyedRequest(request);
    if (!keyed) return next.handle();
    const { scope } = principalOf(request);
    const claim = await this.db.inWorkspace(scope, (tx) => claimKey(tx, keyed));
    const response = http.getResponse<Response>();
    return of(claim.state === 'done' ? replay(claim.answer, response) : await this.run(scope, claim.recordId, next, response));
  }

  private async run(scope: Scope, recordId: string, next: CallHandler, response: Response): Promise<unknown> {
    let body: unknown;
    try {
      body = await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      await this.settle(scope, recordId, rememberedRefusal(error));
      throw error;
    }
    await this.settle(scope, recordId, rememberedAnswer(response, body));
    return body;
  }

  /** What has happened has happened: failing to remember it must not turn the answer into an error. */
  private async settle(scope: Scope, recordId: string, answer: StoredAnswer | null): Promise<void> {
    try {
      await this.db.inWorkspace(scope, (tx) => (answer ? storeAnswer(tx, recordId, answer) : releaseKey(tx, recordId)));
    } catch (error) {
      this.logger.error({ err: error, requestId: scope.requestId }, 'an answer could not be kept for its Idempotency-Key');
    }
  }
}
