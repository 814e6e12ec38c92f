import { randomBytes } from 'node:crypto';
import { SpanKind, trace } from '@opentelemetry/api';
import { contextOf } from './trace.js';

export interface TracingOptions {
  /** The process: `api`, `worker`, `slackbot`. */
  name: string;
  /** Without one nothing is traced and OpenTelemetry's SDK is not even loaded. */
  endpoint: string | undefined;
}

export interface Tracing {
  /** Sends what is left. Never throws: a collector that is away must not spoil an end. */
  stop(): Promise<void>;
}

/** Sends the process's spans to `endpoint`; sampling, headers and so on by OpenTelemetry's own variables. */
export async function startTracing({ name, endpoint }: TracingOptions): Promise<Tracing> {
  if (endpoint === undefined) return { stop: async () => undefined };
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({
    serviceName: process.env['OTEL_SERVICE_NAME'] ?? `sevenfold-${name}`,
    idGenerator: { generateTraceId: () => randomBytes(16).toString('hex'), generateSpanId: nextSpanId },
    // Metrics are Prometheus's and logs are on standard output; nothing is patched.
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [],
    // Of the environment only what somebody wrote for this: not command lines, users and machines.
    autoDetectResources: false,
  });
  sdk.start();
  return { stop: () => sdk.shutdown().catch(() => undefined) };
}

let given: string | undefined;
function nextSpanId(): string {
  const id = given ?? randomBytes(8).toString('hex');
  given = undefined;
  return id;
}

/** A span that happened where no tracer runs (in a workflow), under the id its children already name as their parent. */
export interface ForeignSpan {
  name: string;
  spanId: string;
  parent: string;
  startMs: number;
  endMs: number;
  attributes: Record<string, string>;
}

/** Hands in a span made elsewhere. Does nothing when nothing is traced. */
export function recordSpan({ name, spanId, parent, startMs, endMs, attributes }: ForeignSpan): void {
  given = spanId;
  trace.getTracer('sevenfold').startSpan(name, { kind: SpanKind.INTERNAL, startTime: startMs, attributes }, contextOf(parent)).end(Math.max(endMs, startMs));
  given = undefined;
}
