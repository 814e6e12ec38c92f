import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import {
  AsyncLocalStorage, proxySinks, workflowInfo, type Next, type Sinks, type WorkflowInboundCallsInterceptor, type WorkflowInterceptorsFactory,
  type WorkflowOutboundCallsInterceptor,
} from '@temporalio/workflow';
import { childSpan } from './child-span.js';

/*
 * Carries a trace from whoever called through the workflow to its activities. Nothing here awaits anything: an interceptor that yields
 * changes the order of a workflow's steps, and switching traces on would break every campaign that runs.
 */

/** The header OpenTelemetry's own interceptors for Temporal use, so that other clients' traces fit. */
const header = '_tracer-data';
const current = new AsyncLocalStorage<string>();

/** A step of a workflow, told to the worker, which has a tracer. */
export interface TraceSinks extends Sinks {
  traces: {
    span(span: { name: string; spanId: string; parent: string; startMs: number; endMs: number; attributes: Record<string, string> }): void;
  };
}

const { traces } = proxySinks<TraceSinks>();

function traceOf(headers: Headers): string | undefined {
  const payload = headers[header];
  if (payload === undefined) return undefined;
  const { traceparent } = defaultPayloadConverter.fromPayload<{ traceparent?: string }>(payload);
  return traceparent;
}

/** Tells of the step and gives what its activities belong to. */
function begin(name: string, headers: Headers, key: string): string | undefined {
  const parent = traceOf(headers);
  const { runId, workflowId } = workflowInfo();
  const child = parent === undefined ? undefined : childSpan(parent, `${runId} ${key}`);
  if (parent === undefined || child === undefined) return undefined;
  const at = Date.now();
  traces.span({ name, spanId: child.spanId, parent, startMs: at, endMs: at, attributes: { 'sevenfold.workflow': workflowId } });
  return child.traceparent;
}

const within = <T>(trace: string | undefined, work: () => T): T => (trace === undefined ? work() : current.run(trace, work));

const inbound: WorkflowInboundCallsInterceptor = {
  execute: (input, next: Next<WorkflowInboundCallsInterceptor, 'execute'>) =>
    within(begin(`workflow ${workflowInfo().workflowType}`, input.headers, 'execute'), () => next(input)),
  handleUpdate: (input, next: Next<WorkflowInboundCallsInterceptor, 'handleUpdate'>) =>
    within(begin(`update ${input.name}`, input.headers, input.updateId), () => next(input)),
};

const outbound: WorkflowOutboundCallsInterceptor = {
  scheduleActivity(input, next: Next<WorkflowOutboundCallsInterceptor, 'scheduleActivity'>) {
    return next({ ...input, headers: withTrace(input.headers) });
  },
  continueAsNew(input, next: Next<WorkflowOutboundCallsInterceptor, 'continueAsNew'>) {
    return next({ ...input, headers: withTrace(input.headers) });
  },
};

function withTrace(headers: Headers): Headers {
  const traceparent = current.getStore();
  return traceparent === undefined ? headers : { ...headers, [header]: defaultPayloadConverter.toPayload({ traceparent }) };
}

export const interceptors: WorkflowInterceptorsFactory = () => ({ inbound: [inbound], outbound: [outbound] });
