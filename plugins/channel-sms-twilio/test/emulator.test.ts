import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ChannelPlugin, InboundEvent, ReceiveResult } from '@sevenfold/plugin-sdk';
import { createEmulator, type Emulator } from 'emulate';
import { context, message, NUMBER, SID, smsOn, startHttp, TOKEN } from './setup.js';

let emulator: Emulator;
let hooks: Awaited<ReturnType<typeof startHttp>>;
let channel: ChannelPlugin;
const results: ReceiveResult[] = [];

beforeAll(async () => {
  // Stands where the API stands: hands what arrives to the plugin and gives back its answer.
  hooks = await startHttp((request, body, response) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]));
    const path = request.url ?? '';
    void channel.receive?.({ method: request.method ?? '', path, headers, rawBody: body }).then((result) => {
      results.push(result);
      response.writeHead(result.answer.status).end(result.answer.body);
    });
  });
  const free = await startHttp(() => {});
  await free.close();
  emulator = await createEmulator({
    service: 'twilio',
    port: Number(new URL(free.url).port),
    seed: { twilio: { phone_numbers: [{ phone_number: NUMBER, sms_url: `${hooks.url}/v1/hooks/channels/sms` }] } },
  });
  channel = await smsOn(emulator.url.replace('localhost', '127.0.0.1'), hooks.url);
});
afterAll(async () => {
  await emulator.close();
  await hooks.close();
});

async function ask(path: string, form?: Record<string, string>): Promise<Record<string, unknown>> {
  const response = await fetch(emulator.url + path, {
    method: form === undefined ? 'GET' : 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${SID}:${TOKEN}`).toString('base64')}` },
    body: form === undefined ? undefined : new URLSearchParams(form),
  });
  return (await response.json()) as Record<string, unknown>;
}

function eventsSince(count: number): InboundEvent[] {
  return results.slice(count).flatMap((result) => {
    if (!result.verified) throw new Error(result.reason);
    return result.events;
  });
}

test('a message goes out, and its reports come home with our id', async () => {
  const before = results.length;
  const outcome = await channel.send(message(), context());
  expect(outcome).toMatchObject({ outcome: 'accepted', providerId: expect.stringMatching(/^SM/) });
  const sid = outcome.outcome === 'accepted' ? outcome.providerId : '';
  expect(await ask(`/2010-04-01/Accounts/${SID}/Messages/${sid}.json`)).toMatchObject({ to: '+31612345678', from: NUMBER, body: 'Reply YES to take part.' });

  await ask('/_twilio/simulate/message-status', { MessageSid: sid, Status: 'delivered' });
  await ask('/_twilio/simulate/message-status', { MessageSid: sid, Status: 'undelivered' });
  const events = eventsSince(before);
  expect(events.map((event) => event.kind === 'status' && event.status)).toEqual(['sent', 'delivered', 'failed']);
  expect(new Set(events.map((event) => event.providerKey)).size).toBe(3);
  expect(events.every((event) => event.kind === 'status' && event.messageId === message().id && event.providerId === sid)).toBe(true);
});

test.each([
  ['YES', ['opt-in', 'message']],
  ['yes please', ['message']],
  ['Arrêt', ['opt-out']],
  ['HELP', ['message']],
  ['stop ', ['opt-out']],
  ['STOP 12345', ['message']],
  ['Start', ['opt-in']],
  ['please stop writing', ['message']],
])('"%s" from a creator is %j', async (text, kinds) => {
  const before = results.length;
  await ask('/_twilio/simulate/inbound-message', { To: NUMBER, From: '+31612345678', Body: text });
  const events = eventsSince(before);
  expect(events.map((event) => event.kind)).toEqual(kinds);
  expect(events[0]).toMatchObject({ from: '+31612345678', to: NUMBER, text });
});

test('a sender that is not ours is our fault, not the recipient’s', async () => {
  const wrong = await smsOn(emulator.url, hooks.url, { TWILIO_FROM: '+15550000000' });
  expect(await wrong.send(message(), context())).toMatchObject({ outcome: 'not_sent', reason: 'HTTP 400, Twilio 21606' });
});

test('a wrong token is not sent, and shows in health', async () => {
  const wrong = await smsOn(emulator.url, hooks.url, { TWILIO_AUTH_TOKEN: 'not-it' });
  expect(await wrong.send(message(), context())).toMatchObject({ outcome: 'not_sent' });
  expect(await wrong.health()).toEqual({ ok: false, detail: 'Twilio: HTTP 401' });
  expect(await channel.health()).toEqual({ ok: true });
});

test('a messaging service can be the sender', async () => {
  const service = await smsOn(emulator.url, hooks.url, { TWILIO_MESSAGING_SERVICE_SID: 'MG00000000000000000000000000000000' });
  expect(await service.send(message(), context())).toMatchObject({ outcome: 'accepted' });
  expect(service.sender).toBe('MG00000000000000000000000000000000');
});
