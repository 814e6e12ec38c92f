import { accepted, type OutboundMessage, pastDeadline, type PluginHost, rejected, type SendContext, type SendOutcome, unknown } from '@sevenfold/plugin-sdk';
import type { TwilioConfig } from './config.js';
import { mediaOut, type MediaOut } from './media-out.js';
import { normaliseNumber } from './normalise-number.js';
import { outcomeOfAnswer, outcomeOfFailure } from './outcome-of.js';
import { measureText } from './segments.js';
import { statusCallback } from './status-callback.js';
import type { TwilioClient } from './twilio-client.js';

/** One attempt: one call, made once and read closely, because each message costs money. */
export async function send(
  message: OutboundMessage, context: SendContext, config: TwilioConfig, host: PluginHost, client: TwilioClient,
): Promise<SendOutcome> {
  const to = normaliseNumber(message.to);
  if (!to.ok) return rejected('invalid_address', 'not a phone number');
  const files = mediaOut(message.attachments ?? [], to.address, config.TWILIO_MMS_COUNTRIES);
  if (files === undefined) return rejected('no_media_url', 'a file has no address to be fetched from');
  const body = bodyOf(message, files);
  if (body === '' && files.media.length === 0) return rejected('empty', 'nothing to say');
  const late = await pastDeadline(context, host);
  if (late !== undefined) return late;
  const callback = statusCallback(message, config, host);
  const call = client.post('/Messages.json', {
    To: to.address,
    ...(body !== '' && { Body: body }),
    ...(files.media.length > 0 && { MediaUrl: files.media }),
    ...(config.TWILIO_MESSAGING_SERVICE_SID !== undefined
      ? { MessagingServiceSid: config.TWILIO_MESSAGING_SERVICE_SID }
      : { From: config.TWILIO_FROM ?? '' }),
    ...(callback !== undefined && { StatusCallback: callback }),
  });
  const outcome = await Promise.race([call.then(outcomeOfAnswer, outcomeOfFailure), givenUp(context.signal)]);
  if (outcome.outcome !== 'accepted') {
    host.logger.warn('sms not accepted', { messageId: message.id, outcome: outcome.outcome, reason: outcome.reason });
    return outcome;
  }
  // An MMS is one, however long its text.
  return accepted(outcome.providerId, files.media.length > 0 ? 1 : measureText(body).segments);
}

/** The text as it goes out, with the links of files that are no MMS below it. */
export function bodyOf({ text }: OutboundMessage, { links }: MediaOut): string {
  return [...(text.trim() === '' ? [] : [text]), ...links].join('\n');
}

/** The request is on its way; leaving now does not call it back. */
const givenUp = (signal: AbortSignal): Promise<SendOutcome> =>
  new Promise((resolve) => {
    const give = (): void => resolve(unknown('given up while waiting'));
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
