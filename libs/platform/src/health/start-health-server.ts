import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runChecks, type Checks } from './run-checks.js';

export interface HealthServerOptions {
  /** 0 takes a free one. */
  port: number;
  /** All interfaces unless given. */
  host?: string;
  checks: Checks;
}

export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

/**
 * Answers `GET /healthz` (200 as long as the process runs) and `GET /readyz` (200, or 503 with the reason of each failed check) in JSON.
 * Rejects when the port can't be taken.
 */
export async function startHealthServer({ port, host, checks }: HealthServerOptions): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1)[0];
    if (request.method !== 'GET' && request.method !== 'HEAD') answer(response, 405, { status: 'method_not_allowed' });
    else if (path === '/healthz') answer(response, 200, { status: 'ok' });
    else if (path === '/readyz') void runChecks(checks).then((result) => answer(response, result.status === 'ready' ? 200 : 503, result));
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

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}
