import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createLogger } from '@sevenfold/platform/logging';
import { newId } from '@sevenfold/platform/ids';
import type { ChannelPlugin } from '@sevenfold/plugin-sdk';
import type { Attempt, FakeProvider, ProviderAnswer, UnsignedRequest, Webhooks } from '@sevenfold/plugin-sdk/conformance';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import whatsapp from '../../../../examples/channel-whatsapp/src/index.js';
import harness from '../../../../examples/channel-whatsapp/verify/harness.js';
import { receiveInbound, type ReceiveParts } from './inbound/receive-inbound.js';
import { queueMessage } from './queue-message.js';
import { sendOne } from './sending/send-one.js';

/* A channel nobody here has heard of, brought by its package alone: the product reads traits, never its name. */

const PATH = '/v1/hooks/channels/whatsapp';
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const mail = fakeChannel({ channel: 'email' });
const provided = { answer: { as: 'accept' } as ProviderAnswer, doorPort: 0, attempts: [] as Attempt[], cut: false };

let provider: FakeProvider;
let plugin: ChannelPlugin;
let webhooks: Webhooks;
let world: MessagingWorld;
let parts: ReceiveParts;

beforeAll(async () => {
  const started = await harness.provider?.({
    get answer() {
      return provided.answer;
    },
    doorPort: 0,
    attempt: async (attempt) => {
      provided.attempts.push(attempt);
      if (provided.cut) await new Promise(() => undefined); // has it, and never answers
    },
  });
  if (started?.webhooks === undefined) throw new Error('the example has a provider with webhooks');
  provider = started;
  webhooks = started.webhooks;
  const where = { host: '127.0.0.1', port: started.port, url: `http://127.0.0.1:${started.port}`, timeoutMs: 500, doorPort: 0 };
  plugin = await whatsapp.create(whatsapp.config.parse(harness.env(where)), { logger: quiet, clock: { now: async () => (await world?.clock.now()) ?? new Date() }, publicUrl: 'https://sevenfold.test' });
  world = await messagingWorld([plugin, mail]);
  parts = { system: world.system, db: world.db, logger: createLogger({ name: 'test', level: 'silent' }), onInbound: async () => undefined };
}, 120_000);
afterAll(async () => {
  await plugin.close();
  await provider.close();
  await world[Symbol.asyncDispose]();
});
beforeEach(() => {
  Object.assign(provided, { answer: { as: 'accept' }, attempts: [], cut: false });
  mail.attempts.length = 0;
});

const webhook = (request: UnsignedRequest | undefined, forged = false) => {
  const body = request?.body ?? '';
  const headers = webhooks.sign({ ...request, body, url: `https://sevenfold.test${PATH}` }, forged);
  return receiveInbound(parts, 'whatsapp', { method: 'POST', path: PATH, headers, rawBody: Buffer.from(body) });
};
let numbers = 0;
const someone = async () => {
  const number = `+3161234${String((numbers += 1)).padStart(4, '0')}`;
  return { number, creatorId: await world.addCreator({ addresses: { whatsapp: number, email: `n${numbers}@x.test` } }) };
};
const write = async (creatorId: string) => {
  const { messageId } = await world.run((tx) =>
    queueMessage(tx, { creatorId, kind: 'chat', texts: { text: 'Will you take part?' }, dedupeKey: newId(), automatic: false, purpose: 'conversation' }));
  await sendOne(world.db, { workspaceId: world.workspaceId, messageId });
  return messageId;
};
const statusOf = async (id: string) => (await world.rows<{ status: string; channel: string }>('select status, channel from message where id = ?', [id]))[0];
const report = (status: 'sent' | 'delivered' | 'read' | 'failed') => {
  const attempt = provided.attempts.at(-1);
  if (attempt === undefined) throw new Error('nothing was sent');
  return webhook(webhooks.status?.({ attempt, status, at: new Date() }));
};
const incoming = async (from: string, text: string) => ({ id: newId(), from, to: plugin.sender, text, at: await world.clock.now() });

test('a message goes out by it, and reports bring it forward in whatever order they come', async () => {
  const { number, creatorId } = await someone();
  const id = await write(creatorId);
  expect(provided.attempts).toMatchObject([{ to: number, text: 'Will you take part?', taken: true }]);
  expect(await statusOf(id)).toEqual({ status: 'sent', channel: 'whatsapp' });
  for (const status of ['read', 'delivered', 'delivered', 'sent'] as const) expect(await report(status)).toMatchObject({ status: 200 });
  expect(await statusOf(id)).toMatchObject({ status: 'read' });
});

test('a lost answer is unknown, sent by nobody again, and resolved by the provider’s report', async () => {
  const { creatorId } = await someone();
  provided.cut = true;
  const id = await write(creatorId);
  expect(await statusOf(id)).toMatchObject({ status: 'unknown' });
  await sendOne(world.db, { workspaceId: world.workspaceId, messageId: id });
  expect(provided.attempts).toHaveLength(1);
  expect(mail.attempts).toHaveLength(0);
  await report('delivered');
  expect(await statusOf(id)).toMatchObject({ status: 'delivered' });
});

test('an answer enters the thread once; a forged one does not', async () => {
  const { number, creatorId } = await someone();
  await write(creatorId);
  const request = webhooks.message?.(await incoming(number, 'Gladly'));
  expect(await webhook(request, true)).toMatchObject({ status: 403 });
  for (let times = 0; times < 3; times += 1) expect(await webhook(request)).toMatchObject({ status: 200 });
  const said = await world.rows('select text, channel from message where creator_id = ? and direction = ?', [creatorId, 'in']);
  expect(said).toEqual([{ text: 'Gladly', channel: 'whatsapp' }]);
});

test('STOP closes this channel and leaves the others; a refusal for good takes the next one', async () => {
  const stopped = await someone();
  await webhook(webhooks.optOut?.(await incoming(stopped.number, '')));
  expect(await statusOf(await write(stopped.creatorId))).toMatchObject({ channel: 'email' });
  expect(provided.attempts).toHaveLength(0);

  const refused = await someone();
  provided.answer = { as: 'reject', detail: 'no WhatsApp there' };
  expect(await statusOf(await write(refused.creatorId))).toMatchObject({ status: 'sent', channel: 'email' });
  expect(mail.attempts).toHaveLength(2);
});
