import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Database, Scope } from '@sevenfold/core/db';
import { claimKey, holdKey, releaseKey, storeAnswer, type KeyedRequest, type StoredAnswer } from '@sevenfold/core/idempotency';
import type { Logger } from '@sevenfold/platform/logging';
import type { Request, Response } from 'express';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { principalOf } from '../auth/decorators.js';
import { keyedRequest } from './keyed-request.js';
import { rememberedAnswer, rememberedRefusal, replay } from './remembered.js';
import { severalStepsKey } from './several-steps.js';

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
    const response = http.getResponse<Response>();
    const work = (): Promise<unknown> => lastValueFrom(next.handle(), { defaultValue: undefined });
    return of(await (hasSeveralSteps(context) ? this.stepByStep(scope, keyed, work, response) : this.atOnce(scope, keyed, work, response)));
  }

  /** Effect and answer commit together: whenever this process is killed, a repeat finds both or neither. */
  private async atOnce(scope: Scope, keyed: KeyedRequest, work: () => Promise<unknown>, response: Response): Promise<unknown> {
    let mine: string | undefined;
    try {
      return await this.db.atOnce(scope, {
        first: async (tx) => {
          const claim = await holdKey(tx, keyed);
          if (claim.state === 'done') return { value: replay(claim.answer, response) };
          mine = claim.recordId;
          return undefined;
        },
        work,
        last: async (tx, ended) => {
          const answer = 'error' in ended ? rememberedRefusal(ended.error) : rememberedAnswer(response, ended.value);
          if (mine) await (answer ? storeAnswer(tx, mine, answer) : releaseKey(tx, mine));
          mine = undefined;
        },
      });
    } catch (error) {
      // All was undone, the claim of the key as well.
      if (mine) await this.rememberRefusal(scope, keyed, rememberedRefusal(error));
      throw error;
    }
  }

  private async stepByStep(scope: Scope, keyed: KeyedRequest, work: () => Promise<unknown>, response: Response): Promise<unknown> {
    const claim = await this.db.inWorkspace(scope, (tx) => claimKey(tx, keyed));
    if (claim.state === 'done') return replay(claim.answer, response);
    let body: unknown;
    try {
      body = await work();
    } catch (error) {
      await this.settle(scope, claim.recordId, rememberedRefusal(error));
      throw error;
    }
    await this.settle(scope, claim.recordId, rememberedAnswer(response, body));
    return body;
  }

  private async rememberRefusal(scope: Scope, keyed: KeyedRequest, answer: StoredAnswer | null): Promise<void> {
    if (!answer) return;
    await this.remembering(scope, () =>
      this.db.inWorkspace(scope, async (tx) => {
        const claim = await holdKey(tx, keyed);
        if (claim.state === 'mine') await storeAnswer(tx, claim.recordId, answer);
      }),
    );
  }

  private settle(scope: Scope, recordId: string, answer: StoredAnswer | null): Promise<void> {
    return this.remembering(scope, () =>
      this.db.inWorkspace(scope, (tx) => (answer ? storeAnswer(tx, recordId, answer) : releaseKey(tx, recordId))),
    );
  }

  /** What has happened has happened: failing to remember it must not turn the answer into an error. */
  private async remembering(scope: Scope, store: () => Promise<void>): Promise<void> {
    try {
      await store();
    } catch (error) {
      this.logger.error({ err: error, requestId: scope.requestId }, 'an answer could not be kept for its Idempotency-Key');
    }
  }
}

/** Said by `@SeveralSteps()` on the route or its controller. */
function hasSeveralSteps(context: ExecutionContext): boolean {
  return [context.getHandler(), context.getClass()].some((each) => Reflect.getMetadata(severalStepsKey, each) === true);
}
