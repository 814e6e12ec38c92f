import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import type { Context } from '@temporalio/activity';
import { withLogFields, type Logger } from '@sevenfold/platform/logging';
import { inSpan, withTraceparent, type Metrics } from '@sevenfold/platform/telemetry';
import { traceOf } from '@sevenfold/workflow-client';

/** Told how long an activity took and how it ended. */
export type ActivityTimer = (labels: Record<'activity' | 'outcome', string>, seconds: number) => void;

export function activityTimer(metrics: Metrics): ActivityTimer {
  return metrics.durations('activity_duration_seconds', 'How long activities take, by activity and outcome.', ['activity', 'outcome']);
}

/** The outermost of the interceptors: everything an activity logs says whose it is, and its span is part of the caller's trace. */
export class ObserveInterceptor implements ActivityInboundCallsInterceptor {
  constructor(
    private readonly context: Context,
    private readonly logger: Logger,
    private readonly time: ActivityTimer,
  ) {}

  execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    const { activityType, attempt, workflowExecution } = this.context.info;
    const fields = { workflow: workflowExecution?.workflowId, activity: activityType, attempt, ...idsOf(input.args[0]) };
    const attributes = { 'sevenfold.workflow': workflowExecution?.workflowId ?? '', 'sevenfold.attempt': attempt };
    return withTraceparent(traceOf(input.headers), () =>
      withLogFields(fields, () => inSpan(`activity ${activityType}`, { attributes }, () => this.timed(activityType, () => next(input)))),
    );
  }

  private async timed(activity: string, work: () => Promise<unknown>): Promise<unknown> {
    const began = performance.now();
    const end = (outcome: string): void => {
      const ms = Math.round(performance.now() - began);
      this.time({ activity, outcome }, ms / 1000);
      this.logger.debug({ outcome, ms }, 'activity');
    };
    try {
      const result = await work();
      end('done');
      return result;
    } catch (error) {
      end('failed');
      throw error;
    }
  }
}

/** Arguments are ids and instants by rule; only the ids are taken, whatever else may come to stand beside them. */
function idsOf(argument: unknown): Record<string, string> {
  if (typeof argument !== 'object' || argument === null) return {};
  return Object.fromEntries(Object.entries(argument).filter((pair): pair is [string, string] => pair[0].endsWith('Id') && typeof pair[1] === 'string'));
}
