import type { PluginHost, Receiver, ReceiverContext } from '@sevenfold/plugin-sdk';
import type { EmailConfig } from '../config.js';
import { openImapReader } from './imap-reader.js';
import { openSmtpListener } from './smtp-listener.js';

/** Opens the doors for mail that are configured; null when none is. */
export async function listen(config: EmailConfig, host: PluginHost, context: ReceiverContext): Promise<Receiver | null> {
  const doors: Receiver[] = [];
  if (config.MAIL_IN_LISTEN !== undefined) doors.push(await openSmtpListener(config, host, context, addressOf(config.MAIL_IN_LISTEN)));
  const mailbox = config.IMAP_URL === undefined ? null : URL.parse(config.IMAP_URL);
  if (mailbox) doors.push(openImapReader(config, host, context, mailbox));
  if (doors.length === 0) return null;
  return {
    health: async () => {
      const all = await Promise.all(doors.map((door) => door.health()));
      const details = all.flatMap(({ detail }) => (detail === undefined ? [] : [detail]));
      return { ok: all.every(({ ok }) => ok), ...(details.length > 0 && { detail: details.join('; ') }) };
    },
    close: async () => {
      await Promise.all(doors.map((door) => door.close()));
    },
  };
}

function addressOf(listen: string): { host: string; port: number } {
  const at = listen.lastIndexOf(':');
  return { host: at === -1 ? '0.0.0.0' : listen.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(listen.slice(at + 1)) };
}
