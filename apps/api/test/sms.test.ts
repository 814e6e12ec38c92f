import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import sms from '@sevenfold/channel-sms-twilio';
import { sweepDue } from '@sevenfold/core/engine';
import { attachmentDueHandlers, lookUpDueHandlers, queueMessage, routePending, sendOne } from '@sevenfold/core/inbox';
import { newId } from '@sevenfold/platform/ids';
import { createLogger } from '@sevenfold/platform/logging';
import { createRegistry } from '@sevenfold/plugin-sdk';
import { startTwilioEmulator, twilioAccount, type TwilioEmulator } from '@sevenfold/testing/emulators';
import { aCreator } from '@sevenfold/testing/factories';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { startFaultProxy, type FaultProxy } from '@sevenfold/testing/proxy';
import { freePort, until } from '@sevenfold/testing/util';
import { EngineClient, lazyEngine } from '@sevenfold/workflow-client';
import twilio from 'twilio';
import { createApi } from '../src/index.js';
import { apiWorld, slackCredential, type ApiWorld } from './api-world.js';

const { accountSid, authToken, from: OURS } = twilioAccount;
const logger = createLogger({ level: 'silent', name: 'test' });
const HOOK = '/v1/hooks/channels/sms';
const minute = 60_000;

let proxy: FaultProxy;
let emulator: TwilioEmulator;
let world: ApiWorld;
/** A second process beside the first, on the same database. */
let second: { url: string; close(): Promise<void> };
/** Where Twilio believes us to be; nowhere, when its reports shall be lost. */
let publicUrl = '';

beforeAll(async () => {
  const port = await freePort();
  proxy = await startFaultProxy(`http://127.0.0.1:${port}`);
  const say = () => undefined;
  const host = {
    logger: { debug: say, info: say, warn: say, error: say },
    clock: { now: () => world.clock.now() },
    get publicUrl() { return publicUrl; },
  };
  const config = sms.config.parse({
    TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: OURS, TWILIO_API_BASE: proxy.url, TWILIO_TIMEOUT_MS: '3000',
    TWILIO_HELP_TEXT: 'The agency. Reply STOP to end.',
  });
  const mail = fakeChannel({ channel: 'email' });
  world = await apiWorld({ plugins: createRegistry([await sms.create(config, host), mail]) });
  // Twilio's list names real instants.
  world.clock.set(new Date());
  publicUrl = world.url;
  emulator = await startTwilioEmulator({ port, smsUrl: world.url + HOOK });
  second = await anotherApi();
}, 120_000);
afterEach(() => {
  proxy.rules.clear();
  publicUrl = world.url;
});
afterAll(async () => {
  await second.close();
  await world[Symbol.asyncDispose]();
  await emulator.close();
  await proxy.close();
});

async function anotherApi(): Promise<{ url: string; close(): Promise<void> }> {
  const { db, system, clock, services: { keyRing, plugins } } = world;
  const engine = new EngineClient(lazyEngine({ address: '127.0.0.1:1', namespace: 'none' }), 500);
  const app = await createApi({
    config: { publicUrl: world.url, maxBodyBytes: 100_000, maxFileBytes: 3_000_000, requestsPerMinute: 100_000, slackServiceCredential: slackCredential, trustedProxies: undefined },
    db, system, clock, keyRing, plugins, engine, logger, listenUrl: world.database.systemUrl,
  });
  await app.listen(0, '127.0.0.1');
  const server: Server = app.getHttpServer();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      await app.close();
      await engine.close();
    },
  };
}

let phones = 0;
const phone = () => `+3162${String((phones += 1)).padStart(7, '0')}`;
let sids = 0;
const newSid = () => `SM${String((sids += 1)).padStart(32, '0')}`;

/** A webhook as Twilio makes it: signed over the public address, whichever process it reaches. */
async function hook(form: Record<string, string>, { path = HOOK, at = world.url, signature }: { path?: string; at?: string; signature?: string } = {}) {
  return fetch(at + path, {
    method: 'POST', body: new URLSearchParams(form),
    headers: { 'x-twilio-signature': signature ?? twilio.getExpectedTwilioSignature(authToken, publicUrl + path, form) },
  });
}
const written = (from: string, Body: string, more: Record<string, string> = {}) => ({ MessageSid: newSid(), From: from, To: OURS, Body, NumMedia: '0', ...more });
/** Three times, to two processes at once. */
const thrice = (form: Record<string, string>) => Promise.all([world.url, second.url, world.url].map((at) => hook(form, { at })));

const queue = async (creatorId: string, text = 'Hello') => {
  const { messageId } = await world.db.inWorkspace(world.scope, (tx) => queueMessage(tx, {
    creatorId, kind: 'chat', texts: { text }, dedupeKey: newId(), automatic: false, purpose: 'conversation', ignoreQuietHours: true, preferredChannel: 'sms',
  }));
  return messageId;
};
const deliver = (messageId: string) => sendOne(world.db, { workspaceId: world.workspace.workspaceId, messageId });
const send = async (creatorId: string, text?: string) => {
  const messageId = await queue(creatorId, text);
  await deliver(messageId);
  return messageId;
};
const aPerson = async (more: { channel: string; address: string }[] = []) => {
  const address = phone();
  const { id } = await aCreator(world, { contactPoints: [{ channel: 'sms', address }, ...more] });
  return { id, address };
};
const deliveries = (messageId: string) =>
  world.rows<{ id: string; channel: string; status: string; code: string | null; provider_id: string | null; segments: number | null }>(
    'select id, channel, status, code, provider_id, segments from delivery where message_id = ? order by position', [messageId]);
const heard = (creatorId: string) =>
  world.rows<{ id: string; text: string }>(`select id, text from message where creator_id = ? and direction = 'in' order by created_at, id`, [creatorId]);
const sweep = (ms = 0) => {
  world.clock.advance(ms);
  return sweepDue({ system: world.system, db: world.db, handlers: { ...attachmentDueHandlers, ...lookUpDueHandlers(world.system) }, logger });
};
const pending = () => routePending({ system: world.system, db: world.db, logger });

describe('an SMS goes out', () => {
  test('once, counted, and its reports come home whatever their order', async () => {
    const ada = await aPerson();
    const messageId = await send(ada.id, 'ж'.repeat(100));
    const [sent] = await emulator.messages(ada.address);
    const [row] = await deliveries(messageId);
    expect(row).toMatchObject({ status: 'sent', provider_id: sent?.sid, segments: 2 });
    await emulator.setStatus(sent?.sid ?? '', 'delivered');
    await emulator.setStatus(sent?.sid ?? '', 'sent');
    await emulator.setStatus(sent?.sid ?? '', 'queued');
    expect(await deliveries(messageId)).toMatchObject([{ status: 'delivered' }]);
    const events = await world.rows<{ key: string }>('select provider_key as key from delivery_event where delivery_id = ? and provider_key is not null', [row?.id]);
    expect(events.map(({ key }) => key.split(':')[1]).sort()).toEqual(['delivered', 'queued', 'sent']);
    expect(await emulator.messages(ada.address)).toHaveLength(1);
  });

  test('is held back by 429 and 5xx as long as told, and then leaves once', async () => {
    const ada = await aPerson();
    proxy.rules.add({ fault: { kind: 'too-many', retryAfterSeconds: 7 }, times: 1 });
    proxy.rules.add({ fault: { kind: 'answer', status: 503 }, times: 1 });
    const messageId = await queue(ada.id);
    expect(await deliver(messageId)).toEqual({ done: false, retryAfterMs: 7_000 });
    expect(await deliver(messageId)).toMatchObject({ done: false });
    world.clock.advance(7_000);
    expect(await deliver(messageId)).toMatchObject({ done: false });
    expect(await emulator.messages(ada.address)).toHaveLength(0);
    world.clock.advance(minute);
    expect(await deliver(messageId)).toEqual({ done: true });
    await deliver(messageId);
    expect(await emulator.messages(ada.address)).toHaveLength(1);
  });

  test('whose answer was lost is resolved by the report, which carries our id', async () => {
    const ada = await aPerson();
    proxy.rules.add({ when: ({ method }) => method === 'POST', fault: { kind: 'cut-after' }, times: 1 });
    const messageId = await send(ada.id);
    await until(async () => (await deliveries(messageId))[0]?.status === 'sent', { what: 'the report' });
    expect(await deliver(messageId)).toEqual({ done: true });
    expect(await emulator.messages(ada.address)).toHaveLength(1);
  });

  test('whose answer and report were lost is found in Twilio’s list; one that never got there is not', async () => {
    const [ada, bob] = [await aPerson([{ channel: 'email', address: 'ada@x.test' }]), await aPerson()];
    world.clock.set(new Date());
    publicUrl = 'http://127.0.0.1:1';
    proxy.rules.add({ when: ({ method }) => method === 'POST', fault: { kind: 'cut-after' }, times: 1 });
    const arrived = await send(ada.id, 'Did it arrive?');
    proxy.rules.add({ when: ({ method }) => method === 'POST', fault: { kind: 'cut-before' }, times: 1 });
    const lost = await send(bob.id, 'Did this?');
    expect([...(await deliveries(arrived)), ...(await deliveries(lost))]).toMatchObject([{ status: 'unknown' }, { status: 'unknown' }]);
    proxy.rules.add({ fault: { kind: 'answer', status: 503 }, times: 1 });
    await sweep(minute);
    await sweep(9 * minute);
    const [sent] = await emulator.messages(ada.address);
    expect(await deliveries(arrived)).toMatchObject([{ status: 'sent', provider_id: sent?.sid, segments: 1 }]);
    expect(await deliveries(lost)).toMatchObject([{ status: 'unknown' }]);
    await sweep(50 * minute);
    expect(await deliveries(lost)).toMatchObject([{ channel: 'sms', status: 'failed', code: 'never_taken' }]);
    expect([await emulator.messages(ada.address), await emulator.messages(bob.address)].map((list) => list.length)).toEqual([1, 0]);
  });

  test('with a picture as MMS, which Twilio fetches by its link alone', async () => {
    const ada = await aPerson();
    await send(ada.id, 'First');
    const [thread] = await world.rows<{ id: string }>('select id from thread where creator_id = ?', [ada.id]);
    const png = Buffer.from('\x89PNG\r\n\x1a\n pixels', 'latin1');
    const file = await world.call('POST', '/v1/attachments?filename=a.png', { body: png, headers: { 'content-type': 'image/png' }, key: 'upload' });
    expect((await world.call('POST', '/v1/attachments?filename=a.png', { body: png, headers: { 'content-type': 'image/png' }, key: 'upload' })).body.id).toBe(file.body.id);
    const reply = await world.call('POST', `/v1/threads/${thread?.id}/messages`, { body: { attachmentIds: [file.body.id], channel: 'sms', ignoreQuietHours: true } });
    await deliver(reply.body.id);
    const [mms] = (await emulator.messages(ada.address)).slice(-1);
    expect(mms).toMatchObject({ num_media: '1', sid: expect.stringMatching(/^MM/) });
    const { body } = proxy.seen.findLast(({ method }) => method === 'POST') ?? { body: '' };
    const link = new URL(new URLSearchParams(body).get('MediaUrl') ?? '');
    const fetched = await fetch(second.url + link.pathname);
    expect([fetched.status, fetched.headers.get('content-type'), Buffer.from(await fetched.arrayBuffer()).equals(png)]).toEqual([200, 'image/png', true]);
    expect((await deliveries(reply.body.id))[0]).toMatchObject({ status: 'sent', segments: 1 });
  });

  test('refused because of a STOP we had not heard of, it is never tried there again', async () => {
    const ada = await aPerson();
    proxy.rules.add({ fault: { kind: 'answer', status: 400, body: { code: 21610, message: `${ada.address} is unsubscribed` } } });
    const messageId = await send(ada.id);
    expect(await deliveries(messageId)).toMatchObject([{ status: 'failed', code: '21610' }]);
    const calls = proxy.seen.length;
    await deliver(messageId);
    expect(await world.rows('select code from message where id = ?', [await send(ada.id)])).toEqual([{ code: 'opted_out' }]);
    expect(proxy.seen.length).toBe(calls);
  });
});

test('what it will cost is said before', async () => {
  expect(await world.call('POST', '/v1/threads/estimate', { body: { text: `${'a'.repeat(160)}€` } })).toMatchObject({
    status: 200, body: { channels: [{ channel: 'sms', label: 'SMS', segments: 2, encoding: 'GSM-7', units: 162 }] },
  });
});

describe('an SMS comes in', () => {
  test('three times, at two processes at once, and is there once', async () => {
    const ada = await aPerson();
    const answers = await thrice(written(ada.address, 'Hello'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await thrice(written(ada.address, 'Hello'));
    await emulator.receive({ from: ada.address, body: 'By another way' });
    expect((await heard(ada.id)).map(({ text }) => text)).toEqual(['Hello', 'Hello', 'By another way']);
  });

  test('forged it is refused and nothing is kept; replayed it changes nothing', async () => {
    const ada = await aPerson();
    const form = written(ada.address, 'Pay me');
    const stored = async () => (await world.rows<{ n: number }>('select count(*)::int as n from inbound_item'))[0]?.n;
    const before = await stored();
    for (const signature of ['', 'nonsense', twilio.getExpectedTwilioSignature('guessed', world.url + HOOK, form)]) {
      expect((await hook(form, { signature })).status).toBe(403);
    }
    expect((await hook({ ...form, Body: 'Pay her' }, { signature: twilio.getExpectedTwilioSignature(authToken, world.url + HOOK, form) })).status).toBe(403);
    expect(await stored()).toBe(before);
    const [start, stop] = [written(ada.address, 'START'), written(ada.address, 'STOP')];
    await hook(start);
    world.clock.advance(1_000);
    await hook(stop);
    world.clock.advance(24 * 60 * minute);
    await thrice(start); // the very request of yesterday
    expect(await world.rows('select code from message where id = ?', [await send(ada.id)])).toEqual([{ code: 'opted_out' }]);
  });

  test('a report that overtakes what it reports on waits for it', async () => {
    const ada = await aPerson();
    const sid = newSid();
    const report = { MessageSid: sid, MessageStatus: 'delivered', From: OURS, To: ada.address };
    expect((await hook(report, { path: `${HOOK}/status` })).status).toBe(200);
    const messageId = await queue(ada.id);
    proxy.rules.add({ when: ({ method }) => method === 'POST', fault: { kind: 'answer', status: 201, body: { sid } }, times: 1 });
    await deliver(messageId);
    expect(await deliveries(messageId)).toMatchObject([{ status: 'sent', provider_id: sid }]);
    await pending();
    expect(await deliveries(messageId)).toMatchObject([{ status: 'delivered' }]);
  });

  test('with a picture: shown at once, fetched when Twilio is back, handed out to the team', async () => {
    const ada = await aPerson();
    const sid = newSid();
    const path = `/2010-04-01/Accounts/${accountSid}/Messages/${sid}/Media/ME1`;
    const jpeg = '\u00ff-not-really-a-picture';
    proxy.rules.add({ when: (request) => request.path === path, fault: { kind: 'answer', status: 503, headers: { 'retry-after': '0' } }, times: 1 });
    proxy.rules.add({ when: (request) => request.path === path, fault: { kind: 'answer', status: 200, headers: { 'content-type': 'text/vcard' }, body: jpeg } });
    await thrice({ ...written(ada.address, ''), MessageSid: sid, NumMedia: '1', MediaUrl0: `https://api.twilio.com${path}`, MediaContentType0: 'text/vcard' });
    const [message] = await heard(ada.id);
    const [thread] = await world.rows<{ id: string }>('select id from thread where creator_id = ?', [ada.id]);
    const look = async () => (await world.call('GET', `/v1/threads/${thread?.id}/messages`)).body.data.find(({ id }: { id: string }) => id === message?.id).attachments;
    expect(await look()).toMatchObject([{ status: 'waiting', filename: 'attachment.vcf' }]);
    await sweep();
    expect(await look()).toMatchObject([{ status: 'waiting' }]);
    await until(async () => {
      await sweep(minute);
      return (await look())[0].status === 'kept';
    }, { what: 'the file', timeoutMs: 40_000, everyMs: 1_000 });
    const [{ id }] = await look();
    expect((await world.call('GET', `/v1/attachments/${id}`)).body).toBe(jpeg);
    const login = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    expect(proxy.seen.filter((each) => each.path === path).map(({ headers }) => headers['authorization'])).toEqual([login, login]);
  }, 60_000);
});

test('erased, a number is nowhere any more: not in what came in, not in what was reported', async () => {
  const ada = await aPerson();
  const messageId = await send(ada.id);
  await until(async () => (await deliveries(messageId)).length === 1 && (await emulator.messages(ada.address)).length === 1, { what: 'the SMS' });
  await emulator.setStatus((await deliveries(messageId))[0]?.provider_id ?? '', 'delivered');
  for (const body of ['Hello', 'STOP', 'HELP']) await hook(written(ada.address, body));
  expect((await world.call('DELETE', `/v1/creators/${ada.id}`)).status).toBeLessThan(300);
  const tables = await world.rows<{ name: string }>(`select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and has_table_privilege(oid, 'select')`);
  const found: string[] = [];
  for (const { name } of tables) {
    if ((await world.rows(`select 1 from "${name}" t where strpos(t::text, ?) > 0 limit 1`, [ada.address])).length > 0) found.push(name);
  }
  expect(found).toEqual([]);
});

describe('the words of SMS', () => {
  test('STOP to our number silences it and no other; START opens it again', async () => {
    const ada = await aPerson();
    await hook(written(ada.address, 'STOP', { To: '+15550001111' }));
    expect(await deliveries(await send(ada.id))).toMatchObject([{ status: 'sent' }]);
    await hook(written(ada.address, 'STOP 12345'));
    await hook(written(ada.address, 'please stop by tomorrow'));
    expect(await deliveries(await send(ada.id))).toMatchObject([{ status: 'sent' }]);
    expect(await heard(ada.id)).toHaveLength(2);
    await thrice(written(ada.address, 'Stop'));
    expect(await deliveries(await send(ada.id))).toEqual([]);
    world.clock.advance(1_000);
    await thrice(written(ada.address, 'Unstop'));
    expect(await deliveries(await send(ada.id))).toMatchObject([{ status: 'sent' }]);
    // Words of consent are no talk.
    expect(await heard(ada.id)).toHaveLength(2);
  });

  test('HELP is answered once, on SMS, and not after a STOP', async () => {
    const ada = await aPerson([{ channel: 'email', address: 'help@x.test' }]);
    await thrice(written(ada.address, 'Help'));
    const answers = () => world.rows<{ id: string }>(`select id from message where creator_id = ? and direction = 'out' order by created_at`, [ada.id]);
    expect(await answers()).toHaveLength(1);
    await deliver((await answers())[0]?.id ?? '');
    expect((await emulator.messages(ada.address)).map(({ body }) => body)).toEqual(['The agency. Reply STOP to end.']);
    world.clock.advance(1_000);
    await hook(written(ada.address, 'STOP'));
    await hook(written(ada.address, 'HELP'));
    expect(await answers()).toHaveLength(1);
    expect((await heard(ada.id)).map(({ text }) => text)).toEqual(['Help', 'HELP']);
  });
});
