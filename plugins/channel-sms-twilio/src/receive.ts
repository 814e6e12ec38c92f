import type { HttpAnswer, InboundEvent, InboundRequest, PluginHost, ReceiveResult } from '@sevenfold/plugin-sdk';
import twilio from 'twilio';
import type { TwilioConfig } from './config.js';
import { messageEvents } from './message-events.js';
import { statusEvents } from './status-events.js';

const refuse = (status: number, reason: string): ReceiveResult => ({ verified: false, reason, answer: { status } });

// An empty TwiML document: taken, and nothing to say back.
const TAKEN: HttpAnswer = { status: 200, contentType: 'text/xml', body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' };

/**
 * Reads a webhook. The signature is made over the address Twilio called, so it is checked against the public URL and not
 * against whatever a proxy made of host and protocol.
 */
export async function receive(request: InboundRequest, config: TwilioConfig, host: PluginHost): Promise<ReceiveResult> {
  if (request.method.toUpperCase() !== 'POST') return refuse(405, 'only POST');
  const signature = request.headers['x-twilio-signature'];
  if (signature === undefined) return refuse(403, 'no signature');
  const url = host.publicUrl.replace(/\/+$/, '') + request.path;
  const form = new URLSearchParams(Buffer.from(request.rawBody).toString('utf8'));
  if (URL.parse(url) === null || !twilio.validateRequest(config.TWILIO_AUTH_TOKEN, signature, url, signedParams(form))) {
    return refuse(403, 'wrong signature');
  }
  const events = readEvents(form, new URL(url), await host.clock.now());
  return events === undefined ? refuse(400, 'no message id') : { verified: true, events, answer: TAKEN };
}

function readEvents(form: URLSearchParams, url: URL, at: Date): InboundEvent[] | undefined {
  const sid = form.get('MessageSid') ?? form.get('SmsSid');
  if (sid === null || sid === '') return undefined;
  const status = form.get('MessageStatus');
  return status === null ? messageEvents(form, sid, at) : statusEvents(form, sid, status, url, at);
}

/** Repeated fields are signed as a list. */
function signedParams(form: URLSearchParams): Record<string, string | string[]> {
  const params: Record<string, string | string[]> = {};
  for (const key of new Set(form.keys())) {
    const values = form.getAll(key);
    params[key] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return params;
}
