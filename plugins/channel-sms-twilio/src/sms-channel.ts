import {
  type ChannelPlugin,
  networkReason,
  type OutboundMessage,
  pastDeadline,
  type PluginHealth,
  type PluginHost,
  rejected,
  type SendContext,
  type SendOutcome,
  unknown,
} from '@sevenfold/plugin-sdk';
import type { TwilioConfig } from './config.js';
import { normaliseNumber } from './normalise-number.js';
import { outcomeOfAnswer, outcomeOfFailure } from './outcome-of.js';
import { receive } from './receive.js';
import { statusCallback } from './status-callback.js';
import { createTwilioClient, type TwilioClient } from './twilio-client.js';

/** SMS by Twilio: each message costs money, so each call is made once and read closely. */
export function createSmsChannel(config: TwilioConfig, host: PluginHost): ChannelPlugin {
  const client = createTwilioClient(config);
  return {
    channel: 'sms',
    label: 'SMS',
    sender: config.TWILIO_MESSAGING_SERVICE_SID ?? config.TWILIO_FROM ?? '',
    traits: {
      newsletter: false,
      rich: false,
      repeatCostsMoney: true,
      connections: config.TWILIO_CONNECTIONS,
      bodyTemplate: 'short',
      needsAppSession: false,
      ratePerSecond: config.TWILIO_RATE_PER_SECOND,
    },
    normalise: (address) => normaliseNumber(address, config.TWILIO_DEFAULT_COUNTRY),
    send: (message, context) => send(message, context, config, host, client),
    receive: (request) => receive(request, config, host),
    health: () => health(client),
    close: async () => {},
  };
}

async function send(
  message: OutboundMessage, context: SendContext, config: TwilioConfig, host: PluginHost, client: TwilioClient,
): Promise<SendOutcome> {
  const to = normaliseNumber(message.to);
  if (!to.ok) return rejected('invalid_address', 'not a phone number');
  if (message.text.trim() === '') return rejected('empty', 'nothing to say');
  const late = await pastDeadline(context, host);
  if (late !== undefined) return late;
  const callback = statusCallback(message, config, host);
  const call = client.post('/Messages.json', {
    To: to.address,
    Body: message.text,
    ...(config.TWILIO_MESSAGING_SERVICE_SID !== undefined
      ? { MessagingServiceSid: config.TWILIO_MESSAGING_SERVICE_SID }
      : { From: config.TWILIO_FROM ?? '' }),
    ...(callback !== undefined && { StatusCallback: callback }),
  });
  const outcome = await Promise.race([
    call.then(outcomeOfAnswer, outcomeOfFailure),
    givenUp(context.signal),
  ]);
  if (outcome.outcome !== 'accepted') host.logger.warn('sms not accepted', { messageId: message.id, outcome: outcome.outcome, reason: outcome.reason });
  return outcome;
}

/** The request is on its way; leaving now does not call it back. */
const givenUp = (signal: AbortSignal): Promise<SendOutcome> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(unknown('given up while waiting')), { once: true }));

async function health(client: TwilioClient): Promise<PluginHealth> {
  try {
    const answer = await client.get('.json');
    return answer.status === 200 ? { ok: true } : { ok: false, detail: `Twilio: HTTP ${answer.status}` };
  } catch (error) {
    return { ok: false, detail: `Twilio: ${networkReason(error)}` };
  }
}
