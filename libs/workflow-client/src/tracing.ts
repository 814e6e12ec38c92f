import type { WorkflowClientInterceptor } from '@temporalio/client';
import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import { inSpan, traceparent } from '@sevenfold/platform/telemetry';

/** The header OpenTelemetry's own interceptors for Temporal use. */
const header = '_tracer-data';

/** The trace a call from the engine belongs to, if any. */
export function traceOf(headers: Headers): string | undefined {
  const payload = headers[header];
  return payload === undefined ? undefined : defaultPayloadConverter.fromPayload<{ traceparent?: string }>(payload).traceparent;
}

/** Sends the caller's trace along with every start, signal and update. */
export const tracingInterceptor: WorkflowClientInterceptor = {
  startWithDetails: (input, next) =>
    calling('start', input.workflowType, input.options.workflowId, () => next({ ...input, headers: withTrace(input.headers) })),
  signal: (input, next) =>
    calling('signal', input.signalName, input.workflowExecution.workflowId, () => next({ ...input, headers: withTrace(input.headers) })),
  signalWithStart: (input, next) =>
    calling('signal', input.workflowType, input.options.workflowId, () => next({ ...input, headers: withTrace(input.headers) })),
  startUpdateWithStart: (input, next) =>
    calling('update', input.updateName, input.workflowStartOptions.workflowId, () =>
      next({ ...input, workflowStartHeaders: withTrace(input.workflowStartHeaders), updateHeaders: withTrace(input.updateHeaders) }),
    ),
};

function calling<T>(what: string, name: string, workflowId: string | undefined, call: () => Promise<T>): Promise<T> {
  return inSpan(`${what} ${name}`, { sort: 'client', attributes: { 'sevenfold.workflow': workflowId ?? '' } }, call);
}

function withTrace(headers: Headers): Headers {
  const trace = traceparent();
  return trace === undefined ? headers : { ...headers, [header]: defaultPayloadConverter.toPayload({ traceparent: trace }) };
}
