export { createMetrics, type Labels, type Metrics, type MetricsPage, type Reading } from './metrics.js';
export { failSpan, inSpan, openSpan, traceFields, traceparent, withTraceparent, type SpanOptions, type SpanSort } from './trace.js';
export { recordSpan, startTracing, type ForeignSpan, type Tracing, type TracingOptions } from './tracing.js';
