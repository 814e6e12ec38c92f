import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

/** A mail server that takes everything and says when the next mail is there. */
export async function startMailServer() {
  let arrived = Promise.withResolvers();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    closeTimeout: 500,
    onData(stream, _session, done) {
      stream.resume();
      stream.once('end', () => {
        arrived.resolve(performance.now());
        done();
      });
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket) => socket.setNoDelay(true));
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${server.server.address().port}`,
    /** The instant of the next mail, on this process's clock. */
    next: () => (arrived = Promise.withResolvers()).promise,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
