import { withLogFields, type Logger } from '@sevenfold/platform/logging';
import { failSpan, openSpan } from '@sevenfold/platform/telemetry';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** Told of every answered request; `route` is the pattern, never the path with its ids. */
export type RequestTimer = (labels: Record<'method' | 'route' | 'status', string>, seconds: number) => void;

/** One log line, one span and one measurement for each request. What it logs on its way carries its id. */
export function observeRequests(logger: Logger, time: RequestTimer): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const began = performance.now();
    const { span, run } = openSpan(request.method, { sort: 'server', attributes: { 'http.request.method': request.method } }, request.header('traceparent'));
    run(() =>
      withLogFields({ requestId: request.id }, () => {
        response.once('close', () => {
          const route = routeOf(request);
          const status = response.writableFinished ? String(response.statusCode) : 'aborted';
          const ms = Math.round(performance.now() - began);
          // How long somebody looked says nothing about how fast we answer.
          if (!isStream(response)) time({ method: request.method, route, status }, ms / 1000);
          // Asked for every few seconds by whoever watches.
          const level = route === '/healthz' || route === '/readyz' ? 'debug' : 'info';
          logger[level]({ requestId: request.id, method: request.method, route, status, ms, ...idsOf(request, route) }, 'request');
          span.updateName(`${request.method} ${route}`);
          span.setAttributes({ 'http.route': route, 'http.response.status_code': response.statusCode });
          if (response.statusCode >= 500) failSpan(span, status);
          span.end();
        });
        next();
      }),
    );
  };
}

function isStream(response: Response): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream');
}

function routeOf({ route }: { route?: unknown }): string {
  const path = typeof route === 'object' && route !== null && 'path' in route ? route.path : undefined;
  return typeof path === 'string' ? path : 'none';
}

/** Only ids of rows: a personal link's token is a parameter of a route as well. */
function idsOf({ params }: Request, route: string): { campaignId?: string } {
  const [, name] = /\/campaigns\/:(\w+)/.exec(route) ?? [];
  const value = name === undefined ? undefined : params[name];
  return typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value) ? { campaignId: value } : {};
}
