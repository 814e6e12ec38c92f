import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/**
 * A server on loopback that is spoken to line by line, for what no real one can be made to do.
 * @param greeting its first line
 * @param answering called for each connection; what it returns is called with each line, and writes or hangs up by itself
 */
export async function startLineServer(greeting: string, answering: (socket: Socket) => (line: string) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.write(`${greeting}\r\n`);
    const onLine = answering(socket);
    let rest = '';
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString()).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (socket.destroyed) return;
        onLine(line);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
