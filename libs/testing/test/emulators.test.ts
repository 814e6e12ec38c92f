import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { startSlackEmulator, startTwilioEmulator } from '@sevenfold/testing/emulators';
import { startFakeGraph } from '@sevenfold/testing/graph';
import { startFaultProxy } from '@sevenfold/testing/proxy';
import { freePort, until } from '@sevenfold/testing/util';

const json = async (response: Response): Promise<Record<string, unknown>> => JSON.parse(await response.text());

test('Slack shows what was posted, and a fault proxy before it fails as told', async () => {
  await using slack = await startSlackEmulator();
  await using proxy = await startFaultProxy(slack.url);
  const post = (message: string) =>
    fetch(`${proxy.url}/api/chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'campaigns', text: message }),
    });
  expect(await json(await post('one'))).toMatchObject({ ok: true });

  proxy.rules.add({ fault: { kind: 'too-many', retryAfterSeconds: 3 }, times: 1 });
  const tooMany = await post('two');
  expect([tooMany.status, tooMany.headers.get('retry-after')]).toEqual([429, '3']);

  proxy.rules.add({ when: ({ path }) => path.includes('chat.'), fault: { kind: 'cut-before' }, times: 1 });
  await expect(post('three')).rejects.toThrow();
  proxy.rules.add({ fault: { kind: 'cut-after' }, times: 1 });
  await expect(post('four')).rejects.toThrow();

  expect((await slack.messages('campaigns')).map((message) => message.text)).toEqual(['one', 'four']);
  expect(proxy.seen.map(({ fault, status }) => fault ?? status)).toEqual([200, 'too-many', 'cut-before', 'cut-after']);
});

test('Twilio sends, receives and reports a delivery, signed', async () => {
  const got: { path?: string; body: string; signature: unknown }[] = [];
  const port = await freePort();
  const app = createServer(async (request, response) => {
    got.push({ path: request.url, body: await text(request), signature: request.headers['x-twilio-signature'] });
    response.end();
  }).listen(port, '127.0.0.1');
  await using twilio = await startTwilioEmulator({ smsUrl: `http://127.0.0.1:${port}/in` });
  const login = Buffer.from(`${twilio.accountSid}:${twilio.authToken}`).toString('base64');
  const answer = await fetch(`${twilio.url}/2010-04-01/Accounts/${twilio.accountSid}/Messages.json`, {
    method: 'POST',
    headers: { authorization: `Basic ${login}` },
    body: new URLSearchParams({
      To: '+31612345678',
      From: twilio.from,
      Body: 'hi',
      StatusCallback: `http://127.0.0.1:${port}/status`,
    }),
  });
  const { sid } = await json(answer);
  await twilio.setStatus(String(sid), 'delivered');
  await twilio.receive({ from: '+31612345678', body: 'YES' });
  expect(await twilio.messages()).toMatchObject([
    { body: 'hi', status: 'delivered' },
    { body: 'YES', direction: 'inbound' },
  ]);
  await until(() => got.length >= 3, { what: 'the webhooks' });
  expect(got.every(({ signature }) => typeof signature === 'string')).toBe(true);
  expect(got.at(-1)).toMatchObject({ path: '/in', body: expect.stringContaining('Body=YES') });
  app.close();
});

test('the fake Graph publishes a story once, and fails as often as told', async () => {
  await using graph = await startFakeGraph();
  const call = async (method: string, path: string, params: Record<string, string> = {}) => {
    const query = new URLSearchParams({ ...params, access_token: 't' });
    const url = `${graph.url}/v23.0${path}`;
    return json(await (method === 'GET' ? fetch(`${url}?${query}`) : fetch(url, { method, body: query })));
  };
  graph.failNext(1, { path: '/media' });
  expect(await call('POST', '/17/media', { image_url: 'http://x/y.png' })).toMatchObject({ error: { code: 2 } });
  const container = await call('POST', '/17/media', { image_url: 'http://x/y.png', media_type: 'STORIES' });
  expect(await call('GET', `/${container.id}`, { fields: 'status_code' })).toMatchObject({ status_code: 'FINISHED' });

  graph.rules.add({ when: ({ path }) => path.endsWith('media_publish'), fault: { kind: 'cut-after' }, times: 1 });
  await expect(call('POST', '/17/media_publish', { creation_id: String(container.id) })).rejects.toThrow();
  const again = await call('POST', '/17/media_publish', { creation_id: String(container.id) });
  expect(await call('GET', '/17/stories')).toMatchObject({ data: [{ id: again.id, media_product_type: 'STORY' }] });
  expect(await call('GET', `/${again.id}/insights`, { metric: 'reach,views' })).toMatchObject({
    data: [{ name: 'reach' }, { name: 'views' }],
  });
  expect(await call('GET', '/999/insights')).toMatchObject({ error: { code: 100, error_subcode: 33 } });
  expect(await (await fetch(graph.url)).text()).toContain('http://x/y.png');
});
