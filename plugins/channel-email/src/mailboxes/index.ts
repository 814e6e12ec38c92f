import type { Mailboxes, PluginHost } from '@sevenfold/plugin-sdk';
import type { EmailConfig } from '../config.js';

/** Members' own mailboxes at any SMTP and IMAP server. */
export function createMailboxes(config: EmailConfig, host: PluginHost): Mailboxes {
  return {
    ratePerSecond: config.MAILBOX_RATE_PER_SECOND,
    // Loaded with the first mailbox: most installations begin without any.
    check: async (mailbox) => (await import('./check.js')).checkMailbox(mailbox, config),
    send: async (mailbox, message, context) => (await import('./send.js')).sendByMailbox(mailbox, message, context, config, host),
    read: async (mailbox, reading) => (await import('./read.js')).readMailbox(mailbox, reading, config, host),
  };
}
