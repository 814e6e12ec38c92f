import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { freePort } from './free-port.js';

export interface HttpServer {
  /** http://127.0.0.1:port */
  url: string;
  port: number;
  /** Ends every connection and the server. */
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1 (a free port unless told). An error of the handler is answered with 500 and its message:
 * this is for fakes in tests only.
 */
export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => unknown,
  wantedPort?: number,
): Promise<HttpServer> {
  const port = wantedPort ?? (await freePort());
  const server = createServer((request, response) => {
    Promise.resolve()
      .then(() => handle(request, response))
      .catch((error: unknown) => {
        if (response.headersSent) response.destroy();
        else response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, port, close };
}
