import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MetricsPage } from '../telemetry/index.js';
import { runChecks, vitalChecks, type Checks } from './run-checks.js';

export interface HealthServerOptions {
  /** 0 takes a free one. */
  port: number;
  /** All interfaces unless given. */
  host?: string;
  /** Without them there is no /readyz: somebody else says it. */
  checks?: Checks;
  /** Names of the checks without which the process can be given no work; all of them unless told. */
  vital?: readonly string[];
  /** What /metrics says; without it there is none. */
  metrics?: () => Promise<MetricsPage>;
}

export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

/**
 * Answers in JSON `GET /healthz` (200 as long as the process runs), `GET /readyz` (200, or 503 with the reason of each failed check) and
 * `GET /readyz?for=traffic` (the same of the vital checks alone), and `GET /metrics` in Prometheus's format.
 * Rejects when the port can't be taken.
 */
export async function startHealthServer({ port, host, checks, vital, metrics }: HealthServerOptions): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const [path, query = ''] = (request.url ?? '').split('?', 2);
    if (request.method !== 'GET' && request.method !== 'HEAD') answer(response, 405, { status: 'method_not_allowed' });
    else if (path === '/healthz') answer(response, 200, { status: 'ok' });
    else if (path === '/metrics' && metrics) void page(response, metrics);
    else if (path === '/readyz' && checks) void ready(response, checks, vital, new URLSearchParams(query).get('for') === 'traffic');
    else answer(response, 404, { status: 'not_found' });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function ready(response: ServerResponse, checks: Checks, vital: readonly string[] | undefined, forTraffic: boolean): Promise<void> {
  const result = await runChecks(forTraffic && vital ? vitalChecks(checks, vital) : checks, vital ? { vital } : {});
  answer(response, result.status === 'ready' ? 200 : 503, result);
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

async function page(response: ServerResponse, metrics: () => Promise<MetricsPage>): Promise<void> {
  try {
    const { contentType, body } = await metrics();
    response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' }).end(body);
  } catch {
    answer(response, 500, { status: 'failed' });
  }
}
