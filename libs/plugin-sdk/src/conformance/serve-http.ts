import { once } from 'node:events';
import { createServer } from 'node:http';

/** A request to a fake provider, read to its end. */
export interface ProviderRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: Record<string, string | undefined>;
  readonly body: Buffer;
}

/** What a fake provider answers; an object is sent as JSON. */
export interface ProviderResponse {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array | object;
}

/** An HTTP server on a free port of 127.0.0.1, for harnesses of providers that speak HTTP. */
export async function serveHttp(handle: (request: ProviderRequest) => Promise<ProviderResponse>): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('error', () => incoming.destroy());
    incoming.on('end', () => {
      const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, value?.toString()]));
      handle({ method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers, body: Buffer.concat(chunks) }).then(
        ({ status, headers: extra, body }) => {
          const plain = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
          response.writeHead(status, { ...(plain ? {} : { 'content-type': 'application/json' }), ...extra });
          response.end(plain ? body : JSON.stringify(body));
        },
        () => response.writeHead(500).end('the harness failed'),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
