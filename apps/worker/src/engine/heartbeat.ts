import type { ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import type { ActivityExecuteInput } from '@temporalio/worker';
import type { Context } from '@temporalio/activity';

/** Well under the shortest heartbeat timeout, so that one lost beat is not a death. */
const everyMs = 1_000;

/** Beats while an activity runs, so that a dead worker is noticed in seconds and not when the activity's time is up. */
export class HeartbeatInterceptor implements ActivityInboundCallsInterceptor {
  constructor(private readonly context: Context) {}

  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    if (this.context.info.heartbeatTimeoutMs === undefined) return next(input);
    const beat = setInterval(() => this.context.heartbeat(), everyMs);
    try {
      return await next(input);
    } finally {
      clearInterval(beat);
    }
  }
}
