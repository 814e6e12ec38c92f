import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ImapFlow } from 'imapflow';
import { freePort, startChild, until, type Child } from '../util/index.js';
import type { AsyncResource } from '../util/async-resource.js';

export interface ImapServer extends AsyncResource {
  /** imap://user:password@127.0.0.1:port/INBOX */
  url: string;
  port: number;
  /** Puts a mail into the mailbox as it is, headers of its delivery included. */
  append(source: Uint8Array): Promise<void>;
  /** Ends it as a crash would, and starts it again on the same port: empty, with another UIDVALIDITY. */
  restart(): Promise<void>;
  kill(): Promise<void>;
  close(): Promise<void>;
}

const user = { login: 'team', password: 'pass/word+%' };

/** Starts a real IMAP server (GreenMail) with one empty mailbox. Takes about two seconds. */
export async function startImapServer(): Promise<ImapServer> {
  const [port, smtp] = [await freePort(), await freePort()];
  let child: Child | undefined;
  const start = async (): Promise<void> => {
    child = await startChild({
      command: await program(),
      args: [
        '-Dgreenmail.hostname=127.0.0.1', `-Dgreenmail.imap.port=${port}`, `-Dgreenmail.smtp.port=${smtp}`,
        `-Dgreenmail.users=${user.login}:${user.password}@agency.test`,
      ],
    });
    await until(() => withClient(port, async () => {}).then(() => true), { timeoutMs: 60_000, everyMs: 200, what: 'the IMAP server' });
  };
  const kill = async (): Promise<void> => {
    child?.signal('SIGKILL');
    await child?.exited;
  };
  await start();
  const close = async (): Promise<void> => void (await child?.stop());
  return {
    url: `imap://${user.login}:${encodeURIComponent(user.password)}@127.0.0.1:${port}/INBOX`,
    port,
    append: (source) => withClient(port, async (client) => void (await client.append('INBOX', Buffer.from(source)))),
    kill,
    restart: async () => {
      await kill();
      await start();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function withClient(port: number, work: (client: ImapFlow) => Promise<void>): Promise<void> {
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, logger: false, auth: { user: user.login, pass: user.password } });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await work(client);
  } finally {
    client.close();
  }
}

async function program(): Promise<string> {
  const path = fileURLToPath(new URL('../../../../scripts/tools/imap-server.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [path], { env: { ...process.env, NODE_OPTIONS: '' } });
  return stdout.trim();
}
