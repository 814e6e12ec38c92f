import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** `hang-up`: ends every connection at once. `swallow`: takes what comes and answers nothing. The provider hears of neither. */
export type LineFault = 'none' | 'hang-up' | 'swallow' | 'garble';

/** The line between the plugin and the fake provider: bytes of any protocol, counted, and broken when told. */
export interface Line {
  readonly port: number;
  fault: LineFault;
  /** The most connections of the plugin that were open at once. */
  readonly mostOpen: number;
  /** Breaks every connection that is open now. */
  cut(): void;
  close(): Promise<void>;
}

/** Starts a line to this port of 127.0.0.1. */
export async function startLine(target: number): Promise<Line> {
  const open = new Set<Socket>();
  let mostOpen = 0;
  const server = createServer((client) => {
    open.add(client);
    mostOpen = Math.max(mostOpen, open.size);
    client.on('close', () => open.delete(client));
    client.on('error', () => client.destroy());
    if (line.fault === 'hang-up') return void client.destroy();
    if (line.fault === 'swallow') return void client.resume();
    join(client, target, line);
  });
  const line: Line & { fault: LineFault } = {
    port: 0,
    fault: 'none',
    get mostOpen() {
      return mostOpen;
    },
    cut: () => {
      for (const socket of open) socket.resetAndDestroy();
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.defineProperty(line, 'port', { value: portOf(server.address()) });
}

function join(client: Socket, target: number, line: Line): void {
  const provider = connect(target, '127.0.0.1');
  provider.on('error', () => client.destroy());
  provider.on('close', () => client.destroy());
  client.on('close', () => provider.destroy());
  client.on('data', (chunk) => provider.write(chunk));
  provider.on('data', (chunk) => {
    if (!client.destroyed) client.write(line.fault === 'garble' ? Buffer.from('\u0007?!\r\n\r\n') : chunk);
  });
}

/** A port at which nobody listens. */
export async function deadPort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
