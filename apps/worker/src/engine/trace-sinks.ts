import type { InjectedSinks } from '@temporalio/worker';
import { recordSpan } from '@sevenfold/platform/telemetry';
import type { TraceSinks } from '@sevenfold/workflows/tracing';

/** What a workflow tells of its steps becomes a span; a replay tells nothing. */
export const traceSinks: InjectedSinks<TraceSinks> = {
  traces: { span: { fn: (_info, span) => recordSpan(span), callDuringReplay: false } },
};
