import {
  accepted,
  type ChannelPlugin,
  networkReason,
  type OutboundMessage,
  pastDeadline,
  type PluginHost,
  rejected,
  type SendContext,
  type SendOutcome,
} from '@sevenfold/plugin-sdk';
import { compose, messageIdOf } from './compose.js';
import type { EmailConfig } from './config.js';
import { createPool } from './create-pool.js';
import { createMailboxes } from './mailboxes/index.js';
import { normaliseMailAddress } from './normalise-address.js';
import { outcomeOf } from './outcome-of.js';

/** E-mail. In by the doors of `in/listen.ts`; out over SMTP: a pool of connections, one message per recipient, and an honest answer for each of them. */
export function createEmailChannel(config: EmailConfig, host: PluginHost): ChannelPlugin {
  const pool = createPool(config);
  const sender = config.MAIL_FROM.address;

  async function send(message: OutboundMessage, context: SendContext): Promise<SendOutcome> {
    const composed = compose(message, config);
    if ('problem' in composed) return rejected(composed.problem, composed.problem.replaceAll('_', ' '));
    const late = await pastDeadline(context, host);
    if (late !== undefined) return late;
    const handOver = pool.track(composed.mail.envelope ?? composed.mail);
    try {
      await pool.transport.sendMail({ ...composed.mail, signal: context.signal });
      return accepted(messageIdOf(message.id, sender));
    } catch (error) {
      const outcome = outcomeOf(error, handOver);
      host.logger.warn('mail not accepted', { messageId: message.id, outcome: outcome.outcome });
      return outcome;
    }
  }

  return {
    channel: 'email',
    label: 'E-mail',
    sender,
    traits: {
      newsletter: true,
      rich: true,
      attachments: true,
      repeatCostsMoney: false,
      connections: config.SMTP_CONNECTIONS,
      ...(config.SMTP_RATE_PER_SECOND !== undefined && { ratePerSecond: config.SMTP_RATE_PER_SECOND }),
      bodyTemplate: 'html',
      needsAppSession: false,
      ...(config.MAIL_REPLY_ADDRESS !== undefined && { replyAddress: config.MAIL_REPLY_ADDRESS }),
      takesUnread: true,
    },
    normalise: normaliseMailAddress,
    send,
    mailboxes: createMailboxes(config, host),
    // What reads mail is loaded when there is a door: it is half of a process's start.
    listen: async (context) =>
      config.MAIL_IN_LISTEN === undefined && config.IMAP_URL === undefined ? null : (await import('./in/listen.js')).listen(config, host, context),
    health: async () => {
      try {
        await pool.transport.verify();
        return { ok: true };
      } catch (error) {
        return { ok: false, detail: `SMTP: ${networkReason(error)}` };
      }
    },
    close: async () => pool.transport.close(),
  };
}
