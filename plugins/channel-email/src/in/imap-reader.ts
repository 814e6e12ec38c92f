import { networkReason, type PluginHealth, type PluginHost, type Receiver, type ReceiverContext } from '@sevenfold/plugin-sdk';
import { ImapFlow } from 'imapflow';
import type { EmailConfig } from '../config.js';
import { readNew } from './imap-read-new.js';

/** Reads one mailbox, by one process of all, from where the last one stopped; waits by IDLE, and looks by itself now and then. */
export function openImapReader(config: EmailConfig, host: PluginHost, context: ReceiverContext, url: URL): Receiver {
  const mailbox = decodeURIComponent(url.pathname.slice(1)) || 'INBOX';
  const name = `imap:${decodeURIComponent(url.username)}@${url.host}/${mailbox}`;
  let problem: string | undefined = 'not connected yet';
  let waiting: Promise<void> = Promise.resolve();

  const work = async (signal: AbortSignal): Promise<void> => {
    const client = clientOf(config, url);
    // Errors of the connection come as events too; unheard they would end the process.
    let broken: unknown;
    client.on('error', (error) => {
      broken = error;
    });
    const closed = new Promise<void>((resolve) => client.once('close', resolve));
    const stop = (): void => client.close();
    try {
      await client.connect();
      const opened = await client.mailboxOpen(mailbox, { readOnly: true });
      const cursor = context.cursor(name);
      problem = undefined;
      while (!signal.aborted && client.usable) {
        await readNew({ client, config, host, context, cursor, uidValidity: String(opened.uidValidity), signal });
        if (!signal.aborted) await somethingNew(client, config.IMAP_POLL_MS, signal, closed);
      }
      if (!signal.aborted) throw broken ?? new Error('the connection was closed');
    } catch (error) {
      if (!signal.aborted) problem = networkReason(broken ?? error);
      throw error;
    } finally {
      stop();
    }
  };
  const lease = context.lease(name, (signal) => (waiting = work(signal)));
  return {
    health: async (): Promise<PluginHealth> => {
      if (lease.state === 'waiting') return { ok: true, detail: 'another worker reads the mailbox' };
      return problem === undefined ? { ok: true } : { ok: false, detail: `IMAP: ${problem}` };
    },
    close: async () => waiting.catch(() => undefined),
  };
}

function clientOf(config: EmailConfig, url: URL): ImapFlow {
  const secure = url.protocol === 'imaps:';
  return new ImapFlow({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (secure ? 993 : 143)),
    secure,
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 15_000,
    socketTimeout: Math.max(5 * 60_000, config.IMAP_POLL_MS * 2),
    ...(config.SMTP_TLS_CA !== undefined && { tls: { ca: config.SMTP_TLS_CA } }),
  });
}

/** Until the server says that something came, it is time to look anyway, the connection is gone, or it shall end. */
async function somethingNew(client: ImapFlow, pollMs: number, signal: AbortSignal, closed: Promise<void>): Promise<void> {
  const announced = new Promise<void>((resolve) => client.once('exists', () => resolve()));
  const ended = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  let timer: NodeJS.Timeout | undefined;
  const time = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, pollMs);
  });
  // Ends by itself as soon as anything else is asked.
  const idling = client.idle().catch(() => undefined);
  await Promise.race([announced, time, closed, ended]);
  clearTimeout(timer);
  if (signal.aborted || !client.usable) return;
  await Promise.race([client.noop(), closed]);
  await Promise.race([idling, closed]);
}
