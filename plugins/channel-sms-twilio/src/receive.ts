import type { HttpAnswer, InboundEvent, InboundRequest, PluginHost, ReceiveResult } from '@sevenfold/plugin-sdk';
import type { TwilioConfig } from './config.js';
import { messageEvents } from './message-events.js';
import { verify, type Verified } from './signature.js';
import { statusEvents } from './status-events.js';

const refuse = (status: number, reason: string): ReceiveResult => ({ verified: false, reason, answer: { status } });

// An empty TwiML document: taken, and nothing to say back.
const TAKEN: HttpAnswer = { status: 200, contentType: 'text/xml', body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' };

/** Reads a webhook: a message, a word of consent, or a report on a message of ours. A repeat has the same keys, so it changes nothing. */
export async function receive(request: InboundRequest, config: TwilioConfig, host: PluginHost): Promise<ReceiveResult> {
  if (request.method.toUpperCase() !== 'POST') return refuse(405, 'only POST');
  if (request.headers['x-twilio-signature'] === undefined) return refuse(403, 'no signature');
  const verified = verify(request, config, host.publicUrl);
  if (verified === undefined) return refuse(403, 'wrong signature');
  const events = readEvents(verified, await host.clock.now(), config);
  return events === undefined ? refuse(400, 'no message id') : { verified: true, events, answer: TAKEN };
}

function readEvents({ form, url }: Verified, at: Date, config: TwilioConfig): InboundEvent[] | undefined {
  const sid = form.get('MessageSid') || form.get('SmsSid');
  if (sid === null || sid === '') return undefined;
  const status = form.get('MessageStatus');
  return status === null ? messageEvents(form, sid, at, config) : statusEvents(form, sid, status, url, at, config);
}
