import { createHash } from 'node:crypto';
import { networkReason, type PluginHealth, type PluginHost, type Receiver, type ReceiverContext } from '@sevenfold/plugin-sdk';
import { ImapFlow } from 'imapflow';
import type { EmailConfig } from '../config.js';
import { followMailbox } from './follow-mailbox.js';
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
    const cursor = context.cursor(name);
    try {
      await followMailbox(client, {
        folder: mailbox, pollMs: config.IMAP_POLL_MS, signal,
        readNew: async (uidValidity) => {
          problem = undefined;
          await readNew({ client, config, host, context, cursor, uidValidity, signal });
        },
      });
    } catch (error) {
      if (!signal.aborted) problem = networkReason(error);
      throw error;
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
