import type { Context } from '@temporalio/activity';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import { withLogFields } from '@sevenfold/platform/logging';
import { inSpan, withTraceparent } from '@sevenfold/platform/telemetry';
import { traceOf } from '@sevenfold/workflow-client';

/** What a post logs says whose it is, and its span is part of the trace of what the notice tells of. */
export class ObserveInterceptor implements ActivityInboundCallsInterceptor {
  constructor(
    private readonly context: Context,
    private readonly time: (labels: Record<'outcome', string>, seconds: number) => void,
  ) {}

  execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    const { activityType, attempt, workflowExecution } = this.context.info;
    const workflow = workflowExecution?.workflowId;
    const began = performance.now();
    const end = (outcome: string): void => this.time({ outcome }, (performance.now() - began) / 1000);
    return withTraceparent(traceOf(input.headers), () =>
      withLogFields({ workflow, activity: activityType, attempt }, () =>
        inSpan(`activity ${activityType}`, { attributes: { 'sevenfold.workflow': workflow ?? '' } }, async () => {
          try {
            const result = await next(input);
            end('done');
            return result;
          } catch (error) {
            end('failed');
            throw error;
          }
        }),
      ),
    );
  }
}
