import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import type { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { isDomainError } from '@sevenfold/domain/errors';
import type { Logger } from '@sevenfold/platform/logging';

/**
 * Keeps people out of histories: an error's message may hold an address or a text, and a failed activity's message is
 * stored. What leaves here is a code and the activity's name; the whole error goes to the (redacting) log.
 */
export class FailureInterceptor implements ActivityInboundCallsInterceptor {
  constructor(
    private readonly context: Context,
    private readonly logger: Logger,
  ) {}

  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    try {
      return await next(input);
    } catch (error) {
      const { activityType, attempt, workflowExecution } = this.context.info;
      this.logger.warn({ err: error, activity: activityType, attempt, workflow: workflowExecution?.workflowId }, 'activity failed');
      const code = isDomainError(error) ? error.code : 'internal';
      // A rule does not change by trying again; an outage does.
      throw ApplicationFailure.create({ message: `${activityType}: ${code}`, type: code, nonRetryable: isDomainError(error) });
    }
  }
}
