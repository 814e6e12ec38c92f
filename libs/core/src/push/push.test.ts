import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { createLogger } from '@sevenfold/platform/logging';
import { newId } from '@sevenfold/platform/ids';
import { createWebPush } from '@sevenfold/platform/web-push';
import { fakeChannel, fakePushService, type FakePushService } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import type { Database, Scope, Tx } from '../db/index.js';
import { sweepDue } from '../engine/sweeper/sweep-due.js';
import { queueMessage, type QueueMessageInput } from '../inbox/queue-message.js';
import { sendOne } from '../inbox/sending/send-one.js';
import { markReadByCreator } from '../inbox/threads/mark-read.js';
import { endPresence, notePresence } from '../live/index.js';
import { removeCreator } from '../creators/remove-creator.js';
import { changeWorkspace } from '../workspaces/index.js';
import { listSubscriptions, sendPush, subscribeDevice, unsubscribeDevice } from './index.js';

const app = fakeChannel({ channel: 'in-app', traits: { needsAppSession: true, repeatHarmless: true } });
const push = createWebPush({ privateKey: randomBytes(32), contact: 'mailto:ops@agency.test', anyAddress: true, timeoutMs: 1_000 });
const secret = 'The secret plan of the spring launch';

let service: FakePushService;
let world: MessagingWorld;
let db: Database;
beforeAll(async () => {
  service = await fakePushService();
  world = await messagingWorld([app]);
  db = Object.create(world.db, { services: { value: { ...world.db.services, push } } });
}, 120_000);
beforeEach(() => {
  service.seen.splice(0);
  service.answer = () => ({ status: 201 });
});
afterAll(async () => {
  push.close();
  await service.close();
  await world[Symbol.asyncDispose]();
});

const run = <T>(work: (tx: Tx) => Promise<T>) => db.inWorkspace(world.scope, work);
const creatorWith = async (...names: string[]) => {
  const creatorId = await world.addCreator({ hasApp: true });
  for (const name of names) await run((tx) => subscribeDevice(tx, creatorId, service.device(name).subscription));
  return creatorId;
};
const write = async (creatorId: string, input: Partial<QueueMessageInput> = {}) => {
  const { messageId } = await run((tx) =>
    queueMessage(tx, { creatorId, kind: 'chat', texts: { text: secret }, dedupeKey: newId(), automatic: false, purpose: 'conversation', ...input }));
  await sendOne(db, { workspaceId: world.workspaceId, messageId });
  return messageId;
};
const none = async () => {};
const sweep = (handler = sendPush) =>
  sweepDue({
    system: world.system, db, logger: createLogger({ level: 'silent', name: 'test' }),
    handlers: new Proxy({} as Parameters<typeof sweepDue>[0]['handlers'], { get: (_, kind) => (kind === 'push.send' ? handler : none), has: () => true, getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }) }),
  });
const pushes = (messageId: string) => world.rows<{ status: string; code: string | null }>('select status, code from push where message_id = ? order by id', [messageId]);
const devices = () => service.seen.map(({ device }) => device);

describe('a message in the app', () => {
  test('calls every device of its creator once, and says only from whom it is', async () => {
    const who = await creatorWith('phone', 'laptop');
    await creatorWith('somebody else');
    const id = await write(who);
    await Promise.all([sweep(), sweep()]);
    await sweep();
    expect(devices().toSorted()).toEqual(['laptop', 'phone']);
    const [first] = service.seen;
    expect(JSON.parse(first?.text ?? '')).toEqual({ title: 'New message from Agency', tag: id });
    expect(first?.claims?.sub).toBe('mailto:ops@agency.test');
    expect(first?.headers).toMatchObject({ urgency: 'high', ttl: String(4 * 3_600), topic: id.replaceAll('-', '') });
    expect(await pushes(id)).toEqual([{ status: 'sent', code: null }, { status: 'sent', code: null }]);
    expect((await run((tx) => listSubscriptions(tx, who))).map(({ lastSentAt }) => lastSentAt)).toEqual([expect.any(Date), expect.any(Date)]);
    // Nothing of it says more than it must at rest either.
    const kept = await world.rows<{ row: string }>('select to_jsonb(s)::text as row from push_subscription s');
    expect(kept.map(({ row }) => row).join()).not.toContain('/phone');
  });

  test('is not called out to somebody who looks, unless they have not read it a minute later', async () => {
    const [looks, reads] = [await creatorWith('open'), await creatorWith('read')];
    const present = [looks, reads].map((creatorId) => ({ connectionId: newId(), workspaceId: world.workspaceId, creatorId }));
    await notePresence(world.system, present);
    for (const who of [looks, reads]) await write(who);
    await sweep();
    expect(devices()).toEqual([]);
    await run((tx) => markReadByCreator(tx, reads));
    world.clock.advance(60_000);
    await sweep();
    expect(devices()).toEqual(['open']);
    await endPresence(world.system, present.map(({ connectionId }) => connectionId));
    await write(reads);
    await sweep();
    expect(devices()).toEqual(['open', 'read']);
  });

  test('a process that died holding a connection stops nobody from being called', async () => {
    const who = await creatorWith('stale');
    await notePresence(world.system, [{ connectionId: newId(), workspaceId: world.workspaceId, creatorId: who }]);
    world.clock.advance(46_000);
    await write(who);
    await sweep();
    expect(devices()).toEqual(['stale']);
  });

  test('waits for the day, unless its author insists', async () => {
    const who = await creatorWith('asleep');
    await world.rows(`update creator set time_zone = 'Asia/Tokyo' where id = ?`, [who]);
    world.clock.advance(Date.parse('2026-11-23T14:00:00Z') - (await world.clock.now()).getTime()); // 23:00 there
    await write(who);
    await sweep();
    expect(devices()).toEqual([]);
    await write(who, { ignoreQuietHours: true });
    await sweep();
    expect(devices()).toEqual(['asleep']);
    world.clock.advance(9 * 3_600_000);
    await sweep();
    expect(devices()).toHaveLength(2);
  });

  test('shows its beginning only where the workspace wants that', async () => {
    const who = await creatorWith('shows');
    await run((tx) => changeWorkspace(tx, { messaging: { pushShowsText: true } }));
    const id = await write(who, { ignoreQuietHours: true, automatic: true });
    await sweep();
    expect(JSON.parse(service.seen[0]?.text ?? '')).toEqual({ title: 'New message from Agency', body: secret, tag: id });
    expect(service.seen[0]?.headers.urgency).toBe('normal');
    await run((tx) => changeWorkspace(tx, { messaging: { pushShowsText: false } }));
  });
});

describe('a device', () => {
  test('that is gone is forgotten, one that refuses is let be, one that is busy is asked again when it says', async () => {
    const who = await creatorWith('gone', 'refuses', 'busy');
    let busy = true;
    service.answer = (device) => (device === 'gone' ? { status: 410 } : device === 'refuses' ? { status: 403 } : busy ? { status: 429, headers: { 'retry-after': '120' } } : { status: 201 });
    const id = await write(who, { ignoreQuietHours: true });
    await sweep();
    expect((await pushes(id)).map(({ status, code }) => `${status} ${code}`).toSorted()).toEqual(['failed 403', 'failed gone', 'waiting 429']);
    expect(await run((tx) => listSubscriptions(tx, who))).toHaveLength(2);
    busy = false;
    world.clock.advance(119_000);
    await sweep();
    expect(devices().filter((each) => each === 'busy')).toHaveLength(1);
    world.clock.advance(1_000);
    await sweep();
    expect(devices().filter((each) => each === 'busy')).toHaveLength(2);
    expect((await pushes(id)).map(({ status }) => status).toSorted()).toEqual(['failed', 'failed', 'sent']);
    // Whoever has no device is called by nobody.
    await write(await world.addCreator({ hasApp: true }));
    const before = service.seen.length;
    await sweep();
    expect(service.seen).toHaveLength(before);
  });

  test('away for a day is let be', async () => {
    const who = await creatorWith('away');
    service.answer = () => ({ status: 503 });
    const id = await write(who, { ignoreQuietHours: true });
    for (let hour = 0; hour < 40; hour += 1) {
      await sweep();
      world.clock.advance(3_600_000);
    }
    expect(await pushes(id)).toEqual([{ status: 'failed', code: 'gave_up' }]);
    expect(service.seen.length).toBeLessThan(40);
  });

  test('called twice, because a process died before it could say so, shows one notification', async () => {
    const who = await creatorWith('twice');
    await write(who, { ignoreQuietHours: true });
    const dies = { ...sendPush, outside: async (from: Database, scope: Scope, call: Parameters<typeof sendPush.outside>[2]) => {
      const mute: Database = Object.create(from, { services: { value: { ...from.services, push: { ...push, send: async (...args: Parameters<typeof push.send>) => {
        await push.send(...args);
        throw new Error('killed');
      } } } } });
      await sendPush.outside(mute, scope, call);
    } };
    await sweep(dies);
    world.clock.advance(31_000);
    await sweep();
    const [first, second] = service.seen;
    expect(service.seen).toHaveLength(2);
    expect(second?.text).toBe(first?.text);
    expect(second?.headers.topic).toBe(first?.headers.topic);
  });

  test('is subscribed once however often, refused behind an address of ours, and forgotten when asked or erased', async () => {
    const who = await world.addCreator({ hasApp: true });
    const { subscription } = service.device('mine');
    const first = await run((tx) => subscribeDevice(tx, who, subscription));
    const again = await run((tx) => subscribeDevice(tx, who, { ...subscription, keys: { ...subscription.keys, auth: randomBytes(16).toString('base64url') } }));
    expect(again.id).toBe(first.id);
    expect(first.host).toBe(new URL(service.url).host);
    await expect(run((tx) => subscribeDevice(tx, who, { ...subscription, endpoint: 'file:///etc/passwd' }))).rejects.toMatchObject({ code: 'invalid_fields' });
    await expect(world.run((tx) => subscribeDevice(tx, who, subscription))).rejects.toMatchObject({ code: 'not_found' });
    await run((tx) => subscribeDevice(tx, who, service.device('other').subscription));
    expect(await run((tx) => unsubscribeDevice(tx, who, { endpoint: subscription.endpoint }))).toBe(true);
    await write(who);
    await run((tx) => removeCreator(tx, who));
    expect(await world.rows('select id from push_subscription where creator_id = ?', [who])).toEqual([]);
    service.seen.splice(0);
    world.clock.advance(24 * 3_600_000);
    await sweep();
    expect(devices()).toEqual([]);
  });
});
