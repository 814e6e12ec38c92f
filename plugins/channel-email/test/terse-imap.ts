import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** An IMAP server that says no more than it must: no UIDNEXT above all. @param uids of the mails in its one folder */
export async function startTerseImap(uids: readonly number[]) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.write('* OK terse\r\n');
    let rest = '';
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString()).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [tag = '', ...words] = line.split(' ');
        const said = answers.find(([command]) => words.join(' ').toUpperCase().startsWith(command))?.[1](uids) ?? [];
        socket.write([...said, `${tag} OK done`, ''].join('\r\n'));
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

const answers: readonly [string, (uids: readonly number[]) => string[]][] = [
  ['CAPABILITY', () => ['* CAPABILITY IMAP4rev1']],
  ['LIST', () => ['* LIST () "/" INBOX']],
  ['EXAMINE', (uids) => ['* FLAGS ()', `* ${uids.length} EXISTS`, '* 0 RECENT', '* OK [UIDVALIDITY 77] valid']],
  ['UID SEARCH', (uids) => [`* SEARCH ${uids.join(' ')}`]],
];
