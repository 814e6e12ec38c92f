import { createHash } from 'node:crypto';
import { networkReason, type PluginHealth, type PluginHost, type Receiver, type ReceiverContext } from '@sevenfold/plugin-sdk';
import { ImapFlow } from 'imapflow';
import type { EmailConfig } from '../config.js';
import { Bell } from './bell.js';
import { readNew } from './imap-read-new.js';

/** Reads one mailbox, by one process of all, from where the last one stopped; waits by IDLE, and looks by itself now and then. */
export function openImapReader(config: EmailConfig, host: PluginHost, context: ReceiverContext, url: URL): Receiver {
  const mailbox = decodeURIComponent(url.pathname.slice(1)) || 'INBOX';
  // Ends up in logs, so it does not say whose mailbox it is.
  const name = `imap:${createHash('sha256').update(`${url.username}@${url.host}/${mailbox}`).digest('hex').slice(0, 16)}`;
  let problem: string | undefined = 'not connected yet';
  let waiting: Promise<void> = Promise.resolve();

  const work = async (signal: AbortSignal): Promise<void> => {
    const client = clientOf(config, url);
    // Errors of the connection come as events too; unheard they would end the process.
    let broken: unknown;
    client.on('error', (error) => {
      broken = error;
    });
    // From the start on: what is announced while something is being read must not be missed.
    const bell = new Bell();
    const ring = (): void => bell.ring();
    client.on('exists', ring);
    client.once('close', ring);
    signal.addEventListener('abort', ring, { once: true });
    try {
      await client.connect();
      const opened = await client.mailboxOpen(mailbox, { readOnly: true });
      const cursor = context.cursor(name);
      problem = undefined;
      while (!signal.aborted && client.usable) {
        bell.silence();
        await readNew({ client, config, host, context, cursor, uidValidity: String(opened.uidValidity), signal });
        if (!signal.aborted) await somethingNew(client, bell, config.IMAP_POLL_MS);
      }
      if (!signal.aborted) throw broken ?? new Error('the connection was closed');
    } catch (error) {
      if (!signal.aborted) problem = networkReason(broken ?? error);
      throw error;
    } finally {
      signal.removeEventListener('abort', ring);
      client.close();
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
async function somethingNew(client: ImapFlow, bell: Bell, pollMs: number): Promise<void> {
  if (bell.hasRung) return;
  // Ends by itself as soon as anything else is asked.
  const idling = client.idle().catch(() => undefined);
  await bell.rung(pollMs);
  if (!client.usable) return;
  await client.noop();
  await idling;
}
