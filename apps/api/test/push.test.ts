import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { sendPush } from '@sevenfold/core/push';
import { sweepDue } from '@sevenfold/core/engine';
import { queueMessage, sendOne } from '@sevenfold/core/inbox';
import { createLogger } from '@sevenfold/platform/logging';
import { newId } from '@sevenfold/platform/ids';
import { createWebPush } from '@sevenfold/platform/web-push';
import { aCreator, aLink, aMember } from '@sevenfold/testing/factories';
import { fakePushService, type FakePushService } from '@sevenfold/testing/fakes';
import { EventStream } from '@sevenfold/testing/live';
import { apiWorld, type ApiWorld } from './api-world.js';

const push = createWebPush({ privateKey: randomBytes(32), contact: 'mailto:ops@agency.test', anyAddress: true });
let service: FakePushService;
let world: ApiWorld;
beforeAll(async () => {
  service = await fakePushService();
  world = await apiWorld({ push });
}, 120_000);
beforeEach(() => void service.seen.splice(0));
afterAll(async () => {
  push.close();
  await service.close();
  await world[Symbol.asyncDispose]();
});

const none = async () => {};
const sweep = () =>
  sweepDue({
    system: world.system, db: world.db, logger: createLogger({ level: 'silent', name: 'test' }),
    handlers: new Proxy({} as Parameters<typeof sweepDue>[0]['handlers'], { get: (_, kind) => (kind === 'push.send' ? sendPush : none), getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }) }),
  });
const write = async (creatorId: string) => {
  const { messageId } = await world.db.inWorkspace(world.scope, (tx) =>
    queueMessage(tx, { creatorId, kind: 'chat', texts: { text: 'The secret plan' }, dedupeKey: newId(), automatic: false, purpose: 'conversation' }));
  await sendOne(world.db, { workspaceId: world.workspace.workspaceId, messageId });
  return messageId;
};
const person = async (hasApp = true) => {
  const { id } = await aCreator(world, { hasApp });
  return { id, token: await aLink(world, id) };
};

describe('devices over REST', () => {
  test('are subscribed, listed, called about a message, and taken away', async () => {
    const mia = await person();
    const call = (method: string, path: string, body?: unknown) => world.call(method, path, { token: mia.token, body });
    const { subscription } = service.device('phone');
    const made = await call('POST', '/v1/creator/push/subscriptions', { ...subscription, expirationTime: null });
    expect(made).toMatchObject({ status: 201, body: { host: new URL(service.url).host, lastSentAt: null } });
    expect(JSON.stringify(made.body)).not.toContain('/phone');
    await call('POST', '/v1/creator/push/subscriptions', subscription);
    expect((await call('GET', '/v1/creator/push')).body).toMatchObject({ publicKey: push.publicKey, subscriptions: [{ id: made.body.id }] });
    await write(mia.id);
    await sweep();
    expect(service.seen.map(({ device, text }) => [device, JSON.parse(text ?? '').title])).toEqual([['phone', 'New message from Agency']]);
    expect(service.seen[0]?.text).not.toContain('secret');
    expect((await call('DELETE', `/v1/creator/push/subscriptions/${made.body.id}`)).status).toBe(204);
    await write(mia.id);
    await sweep();
    expect(service.seen).toHaveLength(1);
  });

  test('somebody who listens is not called', async () => {
    const mia = await person();
    await world.call('POST', '/v1/creator/push/subscriptions', { token: mia.token, body: service.device('listening').subscription });
    const stream = await EventStream.open(`${world.url}/v1/creator/live`, { token: mia.token });
    await stream.until('the beginning', ({ events }) => events.length > 0);
    await write(mia.id);
    await sweep();
    expect(service.seen).toEqual([]);
    stream.close();
  });

  test('what is no subscription is refused by field, and nobody touches devices of others', async () => {
    const [mia, bo] = [await person(), await person()];
    const refused = await world.call('POST', '/v1/creator/push/subscriptions', { token: mia.token, body: { endpoint: 'file:///etc/passwd', keys: service.device('x').subscription.keys } });
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid_fields', fields: [{ path: 'endpoint' }] } });
    expect((await world.call('POST', '/v1/creator/push/subscriptions', { token: mia.token, body: { endpoint: `${service.url}/x`, keys: {} } })).body.fields.map(({ path }: { path: string }) => path).toSorted()).toEqual(['keys.auth', 'keys.p256dh']);
    const made = await world.call('POST', '/v1/creator/push/subscriptions', { token: mia.token, body: service.device('mine').subscription });
    expect((await world.call('DELETE', `/v1/creator/push/subscriptions/${made.body.id}`, { token: bo.token })).status).toBe(404);
    expect((await world.call('GET', '/v1/creator/push', { token: mia.token })).body.subscriptions).toHaveLength(1);
    expect((await world.call('GET', '/v1/creator/push')).status).toBe(403);
  });
});

describe('the page of a thread', () => {
  const post = (path: string, body: string, type: string) =>
    fetch(`${world.url}${path}`, { method: 'POST', body, headers: { 'content-type': type }, redirect: 'manual' });
  const json = 'application/json';

  test('notifies a device, by which its creator has the app until the last one goes', async () => {
    const mia = await person(false);
    const path = `/c/${mia.token}/messages`;
    const has = async () => (await world.call('GET', '/v1/creator/me', { token: mia.token })).body.hasApp;
    const shown = await (await fetch(`${world.url}${path}`)).text();
    expect(shown).toContain(`data-push="${push.publicKey}" hidden`);
    const { subscription } = service.device('page');
    expect((await post(`${path}/devices`, JSON.stringify(subscription), json)).status).toBe(204);
    expect(await has()).toBe(true);
    await write(mia.id);
    await sweep();
    expect(service.seen.map(({ device }) => device)).toEqual(['page']);
    expect((await post(`${path}/devices/forget`, JSON.stringify({ endpoint: subscription.endpoint }), json)).status).toBe(204);
    expect(await has()).toBe(false);
    expect((await post('/c/sfl_nobody/messages/devices', JSON.stringify(subscription), json)).status).toBe(404);
  });

  test('counts as read what was shown, not what came after it, and only when told: looking writes nothing', async () => {
    const mia = await person();
    const path = `/c/${mia.token}/messages`;
    const unread = async () => (await world.call('GET', '/v1/creator/thread/unread', { token: mia.token })).body.unread;
    const first = await write(mia.id);
    const shown = await (await fetch(`${world.url}${path}`)).text();
    expect(shown).toContain('I have read the new message');
    expect(await unread()).toBe(1);
    world.clock.advance(1_000);
    await write(mia.id);
    const seen = /data-id="([^"]+)"/.exec(shown)?.[1] ?? '';
    expect(seen).toBe(first);
    expect((await post(`${path}/read`, `upTo=${seen}`, 'application/x-www-form-urlencoded')).status).toBe(303);
    expect(await unread()).toBe(1);
    expect((await world.call('POST', '/v1/creator/thread/read', { token: mia.token, body: { upTo: newId() } })).status).toBe(404);
    expect((await world.call('POST', '/v1/creator/thread/read', { token: mia.token, body: {} })).body).toEqual({ read: 1 });
    expect(await unread()).toBe(0);
  });

  test('hears live, and its scripts come from us alone', async () => {
    const mia = await person();
    const stream = await EventStream.open(`${world.url}/c/${mia.token}/messages/live`);
    await stream.until('the beginning', ({ events }) => events.length > 0);
    const id = await write(mia.id);
    await stream.until('the message', ({ hints }) => hints.includes(`message ${id}`));
    stream.close();
    expect((await EventStream.open(`${world.url}/c/sfl_nobody/messages/live`)).status).toBe(404);
    for (const name of ['thread.js', 'worker.js']) {
      const script = await fetch(`${world.url}/c/-/${name}`);
      expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
      new Function(await script.text()); // it parses
    }
    expect((await fetch(`${world.url}/c/-/worker.js`)).headers.get('service-worker-allowed')).toBe('/c/');
  });
});

test('how a workspace reaches people is set by whoever manages it, and what is wrong is named', async () => {
  const patch = (messaging: unknown, token?: string) => world.call('PATCH', '/v1/workspace', { body: { messaging }, ...(token && { token }) });
  expect((await world.call('GET', '/v1/workspace')).body.messaging).toEqual({ fallThroughHours: 4, quietHours: { from: '21:00', to: '08:00' }, pushShowsText: false });
  expect((await patch({ fallThroughHours: 2.5 })).body.messaging).toMatchObject({ fallThroughHours: 2.5, quietHours: { from: '21:00', to: '08:00' } });
  expect((await patch({ quietHours: null, fallThroughHours: null })).body.messaging).toEqual({ fallThroughHours: null, quietHours: null, pushShowsText: false });
  const wrong = await patch({ quietHours: { from: '9pm', to: '24:00' }, fallThroughHours: 0, pushShowsText: 'yes', x: 1 });
  expect([wrong.status, wrong.body.code]).toEqual([422, 'invalid_fields']);
  expect(wrong.body.fields.map(({ path }: { path: string }) => path).toSorted()).toEqual(['messaging.fallThroughHours', 'messaging.pushShowsText', 'messaging.quietHours.from', 'messaging.quietHours.to', 'messaging.x']);
  expect((await patch({ quietHours: { from: '08:00', to: '08:00' } })).body.fields).toMatchObject([{ path: 'messaging.quietHours.to', message: expect.stringContaining('null turns them off') }]);
  expect((await patch({ fallThroughHours: 1_000 })).body.fields).toMatchObject([{ path: 'messaging.fallThroughHours', message: expect.stringContaining('168') }]);
  expect((await patch({ pushShowsText: true }, (await aMember(world, 'manager')).token)).status).toBe(403);
  await patch({ fallThroughHours: 4, quietHours: { from: '21:00', to: '08:00' } });
});

test('without a key there are no notifications, and the page does not offer them', async () => {
  const bare = await apiWorld();
  try {
    const { id } = await aCreator(bare);
    const token = await aLink(bare, id);
    expect((await bare.call('GET', '/v1/creator/push', { token })).body).toEqual({ publicKey: null, subscriptions: [] });
    expect((await bare.call('POST', '/v1/creator/push/subscriptions', { token, body: service.device('none').subscription })).status).toBe(404);
    expect(await (await fetch(`${bare.url}/c/${token}/messages`)).text()).not.toContain('data-push');
  } finally {
    await bare[Symbol.asyncDispose]();
  }
});
