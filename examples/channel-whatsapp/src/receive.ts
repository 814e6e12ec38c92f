import { createHmac, timingSafeEqual } from 'node:crypto';
import type { InboundRequest, ReceiveResult } from '@sevenfold/plugin-sdk';
import type { WhatsAppConfig } from './config.js';
import { eventsOf } from './events.js';

const refuse = (status: number, reason: string): ReceiveResult => ({ verified: false, reason, answer: { status } });

/** Meta's requests: once a handshake by GET, then events by POST, signed over the untouched body. */
export async function receive(request: InboundRequest, config: WhatsAppConfig): Promise<ReceiveResult> {
  if (request.method === 'GET') return handshake(request, config);
  if (request.method !== 'POST') return refuse(405, 'only GET and POST');
  const given = request.headers['x-hub-signature-256'];
  const right = createHmac('sha256', config.WHATSAPP_APP_SECRET).update(request.rawBody).digest('hex');
  if (given === undefined || !same(given, `sha256=${right}`)) return refuse(403, 'wrong signature');
  const events = eventsOf(Buffer.from(request.rawBody).toString('utf8'), config);
  return events === undefined ? refuse(400, 'no JSON') : { verified: true, events, answer: { status: 200 } };
}

function handshake({ path }: InboundRequest, config: WhatsAppConfig): ReceiveResult {
  const asked = new URL(path, 'http://webhook').searchParams;
  const challenge = asked.get('hub.challenge') ?? '';
  const knows = same(asked.get('hub.verify_token') ?? '', config.WHATSAPP_VERIFY_TOKEN);
  if (asked.get('hub.mode') !== 'subscribe' || !knows || !/^\w{1,200}$/.test(challenge)) return refuse(403, 'wrong verify token');
  return { verified: true, events: [], answer: { status: 200, contentType: 'text/plain', body: challenge } };
}

/** Takes as long for every wrong answer. */
function same(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
