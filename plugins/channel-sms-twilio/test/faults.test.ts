import type { ServerResponse } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { context, logged, message, smsOn, startHttp, TOKEN } from './setup.js';

let server: Awaited<ReturnType<typeof startHttp>> | undefined;
afterEach(() => server?.close());

async function against(answer: (response: ServerResponse) => void, env: Record<string, string> = {}) {
  server = await startHttp((_request, _body, response) => answer(response));
  return smsOn(server.url, undefined, env);
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) => (response: ServerResponse): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};

test.each([
  [400, 21610, { outcome: 'rejected', code: '21610', optedOut: true }],
  [400, 21211, { outcome: 'rejected', code: '21211' }],
  [400, 21614, { outcome: 'rejected', code: '21614' }],
  [400, 21606, { outcome: 'not_sent' }],
  [401, 20003, { outcome: 'not_sent' }],
  [500, 20500, { outcome: 'not_sent' }],
  [503, undefined, { outcome: 'not_sent' }],
  [504, undefined, { outcome: 'unknown' }],
])('HTTP %i with code %s', async (status, code, expected) => {
  const channel = await against(json(status, { code, message: 'the number +31612345678 …', status }));
  const outcome = await channel.send(message(), context());
  expect(outcome).toMatchObject(expected);
  expect(JSON.stringify([outcome, logged])).not.toMatch(new RegExp(`31612345678|${TOKEN}`));
});

test('429 names when to come back, and is asked once', async () => {
  const channel = await against(json(429, { code: 20429 }, { 'retry-after': '7' }));
  expect(await channel.send(message(), context())).toMatchObject({ outcome: 'not_sent', retryAfterMs: 7000 });
  expect(server?.requests).toHaveLength(1);
});

test('a yes without an id is unknown', async () => {
  const channel = await against(json(201, {}));
  expect(await channel.send(message(), context())).toMatchObject({ outcome: 'unknown' });
});

test('cut after the request is unknown, and not repeated', async () => {
  const channel = await against((response) => response.socket?.destroy());
  expect(await channel.send(message(), context())).toMatchObject({ outcome: 'unknown' });
  expect(server?.requests).toHaveLength(1);
});

test('silence after the request is unknown', async () => {
  const channel = await against(() => {}, { TWILIO_TIMEOUT_MS: '300' });
  expect(await channel.send(message(), context())).toMatchObject({ outcome: 'unknown' });
});

test('giving up while waiting is unknown', async () => {
  const channel = await against(() => {});
  expect(await channel.send(message(), { ...context(), signal: AbortSignal.timeout(50) })).toMatchObject({ outcome: 'unknown', reason: 'given up while waiting' });
});

test('nobody listening is not sent', async () => {
  const channel = await against(() => {});
  await server?.close();
  expect(await channel.send(message(), context())).toEqual({ outcome: 'not_sent', reason: 'ECONNREFUSED' });
  expect(await channel.health()).toEqual({ ok: false, detail: 'Twilio: ECONNREFUSED' });
  server = undefined;
});

test('what cannot work is not tried', async () => {
  const channel = await against(json(201, { sid: 'SM1' }));
  expect(await channel.send(message({ to: '12' }), context())).toMatchObject({ outcome: 'rejected', code: 'invalid_address' });
  expect(await channel.send(message({ text: ' ' }), context())).toMatchObject({ outcome: 'rejected', code: 'empty' });
  expect(await channel.send(message(), { ...context(), deadline: new Date(0) })).toMatchObject({ outcome: 'not_sent' });
  expect(await channel.send(message(), { ...context(), signal: AbortSignal.abort() })).toMatchObject({ outcome: 'not_sent' });
  expect(server?.requests).toHaveLength(0);
});

test('our message id travels in the status callback', async () => {
  const channel = await against(json(201, { sid: 'SM1' }));
  await channel.send(message({ statusCallbackUrl: 'https://other.example/hook?a=1' }), context());
  await channel.send(message(), context());
  const callbacks = server?.requests.map((request) => new URLSearchParams(request.body.toString()).get('StatusCallback'));
  expect(callbacks).toEqual([
    `https://other.example/hook?a=1&m=${message().id}`,
    `https://sevenfold.example/v1/hooks/channels/sms/status?m=${message().id}`,
  ]);
});
