import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Attributes, type Context, type Span } from '@opentelemetry/api';

export type SpanSort = 'internal' | 'server' | 'client';
const kinds: Record<SpanSort, SpanKind> = { internal: SpanKind.INTERNAL, server: SpanKind.SERVER, client: SpanKind.CLIENT };

const tracer = () => trace.getTracer('sevenfold');

/** The trace this code runs in, as W3C writes it (`00-…`); undefined when nothing is traced. */
export function traceparent(): string | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier['traceparent'];
}

/** Ids of the span this code runs in, for log lines; empty when nothing is traced. */
export function traceFields(): { traceId?: string } {
  const span = trace.getActiveSpan()?.spanContext();
  return span && trace.isSpanContextValid(span) ? { traceId: span.traceId } : {};
}

/** Runs `work` as part of a trace that began elsewhere; without one it begins its own. */
export function withTraceparent<T>(parent: string | undefined, work: () => T): T {
  return context.with(contextOf(parent), work);
}

export function contextOf(parent: string | undefined): Context {
  return parent === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent: parent });
}

export interface SpanOptions {
  sort?: SpanSort;
  /** Ids and codes; never a name, an address or a text. */
  attributes?: Attributes;
}

/** Runs `work` in a span. One that throws is marked by the error's kind alone: messages may hold addresses. */
export function inSpan<T>(name: string, { sort = 'internal', attributes = {} }: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
  return tracer().startActiveSpan(name, { kind: kinds[sort], attributes }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      failSpan(span, error instanceof Error ? error.name : 'error');
      throw error;
    } finally {
      span.end();
    }
  });
}

/** A span somebody else ends; `run` runs work inside it. */
export function openSpan(name: string, { sort = 'internal', attributes = {} }: SpanOptions, parent: string | undefined): { span: Span; run: <T>(work: () => T) => T } {
  const from = contextOf(parent);
  const span = tracer().startSpan(name, { kind: kinds[sort], attributes }, from);
  const inside = trace.setSpan(from, span);
  return { span, run: (work) => context.with(inside, work) };
}

export function failSpan(span: Span, code: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: code });
}
