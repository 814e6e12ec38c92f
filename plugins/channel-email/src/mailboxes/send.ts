import { accepted, type Mailbox, notSent, type OutboundMessage, pastDeadline, type PluginHost, rejected, type SendContext, type SendOutcome } from '@sevenfold/plugin-sdk';
import { compose, messageIdOf } from '../compose.js';
import type { EmailConfig } from '../config.js';
import { outcomeOf } from '../outcome-of.js';
import { smtpOf } from './connect.js';
import { faultOf, lasts } from './fault-of.js';
import { watch } from './watch.js';

/** One attempt by a member's own server, over a connection of its own. Their server signs it, if anybody does. */
export async function sendByMailbox(mailbox: Mailbox, message: OutboundMessage, context: SendContext, config: EmailConfig, host: PluginHost): Promise<SendOutcome> {
  const composed = compose(message, config, mailbox);
  if ('problem' in composed) return rejected(composed.problem, composed.problem.replaceAll('_', ' '));
  const late = await pastDeadline(context, host);
  if (late !== undefined) return late;
  const transport = smtpOf(mailbox.smtp, config);
  const handOver = watch(transport);
  try {
    await transport.sendMail({ ...composed.mail, signal: context.signal });
    return accepted(messageIdOf(message.id, config.MAIL_FROM.address));
  } catch (error) {
    const outcome = outcomeOf(error, handOver);
    const fault = faultOf('smtp', error);
    host.logger.warn('mail not accepted by a member’s own server', { messageId: message.id, outcome: outcome.outcome, problem: fault.problem });
    // Whoever may not write from this address has not been refused by the recipient.
    return outcome.outcome !== 'unknown' && lasts(fault) ? { ...notSent(`${fault.problem}: ${fault.detail}`), account: fault.problem } : outcome;
  } finally {
    transport.close();
  }
}
