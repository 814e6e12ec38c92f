import { json } from 'node:stream/consumers';
import type { AsyncResource } from '../util/async-resource.js';
import { listen } from '../util/http.js';

/** A span as it arrived. */
export interface CollectedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  /** The process that sent it. */
  service: string;
  attributes: Record<string, unknown>;
}

export interface Collector extends AsyncResource {
  url: string;
  /** Every span so far. */
  spans: CollectedSpan[];
  close(): Promise<void>;
}

interface Value { stringValue?: string; intValue?: number | string; boolValue?: boolean }
interface Attribute { key: string; value: Value }
interface Export {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: (Omit<CollectedSpan, 'attributes'> & { attributes?: Attribute[] })[] }[] }[];
}

/** Takes traces by OTLP in JSON (`OTEL_EXPORTER_OTLP_PROTOCOL=http/json`) and keeps them in memory. */
export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  const server = await listen(async (request, response) => {
    const { resourceSpans } = (await json(request)) as Export;
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = String(read(resource.attributes)['service.name']);
      for (const { traceId, spanId, parentSpanId, name, attributes = [] } of scopeSpans.flatMap((each) => each.spans)) {
        spans.push({ traceId, spanId, name, service, attributes: read(attributes), ...(parentSpanId ? { parentSpanId } : {}) });
      }
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  return { url: server.url, spans, close: server.close, [Symbol.asyncDispose]: server.close };
}

const read = (attributes: Attribute[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.boolValue]));
