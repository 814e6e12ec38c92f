import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { accepted, notSent } from '@sevenfold/plugin-sdk';
import { newId } from '@sevenfold/platform/ids';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { queueBroadcast, sendBatch } from '../../broadcasts/index.js';
import { changeWorkspace } from '../../workspaces/workspace.js';
import { queueMessage, type QueueMessageInput } from '../queue-message.js';
import { sendOne } from '../sending/send-one.js';
import { getMessage } from '../threads/list-messages.js';
import { notBeforeFor } from './index.js';
import { sendNow } from './send-now.js';

const mail = fakeChannel({ channel: 'email' });
const sms = fakeChannel({ channel: 'sms', traits: { disturbs: true, repeatCostsMoney: true, bodyTemplate: 'short' } });
let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([mail, sms]); // Monday 09:00 UTC, 10:00 in Amsterdam
}, 120_000);
beforeEach(() => {
  sms.answer = (message) => accepted(message.id);
});
afterAll(() => world[Symbol.asyncDispose]());

const queue = async (creatorId: string, input: Partial<QueueMessageInput> = {}) => {
  const { messageId } = await world.run((tx) =>
    queueMessage(tx, { creatorId, kind: 'chat', texts: { text: 'Hello' }, dedupeKey: newId(), automatic: false, purpose: 'notice', ...input }));
  return messageId;
};
const send = (messageId: string) => sendOne(world.db, { workspaceId: world.workspaceId, messageId });
const view = (messageId: string) => world.run((tx) => getMessage(tx, messageId));
const creatorIn = async (timeZone: string | null, country: string | null, addresses: Record<string, string>) => {
  const id = await world.addCreator({ addresses });
  await world.rows('update creator set time_zone = ?, country = ? where id = ?', [timeZone, country, id]);
  return id;
};
const hour = 3_600_000;

describe('an SMS by night', () => {
  test('waits until it is day where the creator lives, and says so', async () => {
    const tokyo = await creatorIn('Asia/Tokyo', 'NL', { sms: '+811' }); // 18:00 there
    expect(await send(await queue(tokyo))).toEqual({ done: true });
    world.clock.advance(4 * hour); // 22:00 there, 14:00 here
    const id = await queue(tokyo);
    expect(await send(id)).toEqual({ done: false, retryAfterMs: 10 * hour });
    expect(await view(id)).toMatchObject({ status: 'queued', deliveries: [{ channel: 'sms', status: 'queued', code: 'quiet_hours', notBefore: new Date('2026-11-23T23:00:00Z'), attempts: 0 }] });
    const before = sms.arrived.length;
    world.clock.advance(10 * hour - 1);
    expect(await send(id)).toEqual({ done: false, retryAfterMs: 1 });
    expect(sms.arrived).toHaveLength(before);
    world.clock.advance(1);
    expect(await send(id)).toEqual({ done: true });
    expect(await view(id)).toMatchObject({ status: 'sent', deliveries: [{ status: 'sent', code: null, notBefore: null }] });
    expect(sms.arrived).toHaveLength(before + 1);
  });

  test('goes by the country, or by the workspace, where no zone is known; and at any hour when its author insists', async () => {
    world.clock.advance(0 - ((await world.clock.now()).getTime() - Date.parse('2026-11-24T20:30:00Z'))); // 21:30 in Amsterdam, 15:30 in New York, 05:30 in Tokyo
    const waits = async (timeZone: string | null, country: string | null, input: Partial<QueueMessageInput> = {}) =>
      !(await send(await queue(await creatorIn(timeZone, country, { sms: '+1' }), input))).done;
    expect(await waits(null, 'JP')).toBe(true);
    expect(await waits(null, 'IN')).toBe(true);
    expect(await waits(null, 'AR')).toBe(false); // 17:30
    expect(await waits('America/New_York', 'NL')).toBe(false);
    expect(await waits(null, null)).toBe(true);
    expect(await waits(null, null, { ignoreQuietHours: true })).toBe(false);
  });

  test('of another try waits like the first, and mail never does', async () => {
    const id = await creatorIn('America/New_York', null, { sms: '+12' });
    sms.answer = () => notSent('busy', 6 * hour);
    const messageId = await queue(id);
    expect(await send(messageId)).toEqual({ done: false, retryAfterMs: 6 * hour });
    world.clock.advance(6 * hour); // 21:30 there
    sms.answer = (message) => accepted(message.id);
    expect(await send(messageId)).toEqual({ done: false, retryAfterMs: 10.5 * hour });
    world.clock.advance(10.5 * hour);
    expect(await send(messageId)).toEqual({ done: true });
    world.clock.advance(14 * hour);
    expect(await send(await queue(await creatorIn('America/New_York', null, { email: 'a@x.test' })))).toEqual({ done: true });
  });

  test('that waits can be sent right now by who insists', async () => {
    const who = await creatorIn('America/New_York', null, { sms: '+1555' });
    world.clock.advance(Date.parse('2026-11-26T03:00:00Z') - (await world.clock.now()).getTime()); // 22:00 there
    const id = await queue(who);
    await expect(world.run((tx) => sendNow(tx, id))).rejects.toMatchObject({ code: 'wrong_state' });
    expect((await send(id)).done).toBe(false);
    expect(await world.run((tx) => sendNow(tx, id))).toMatchObject({ deliveries: [{ status: 'queued', code: null, notBefore: null }] });
    expect(await world.run((tx) => sendNow(tx, id))).toMatchObject({ id });
    expect(await send(id)).toEqual({ done: true });
    expect((await view(id)).status).toBe('sent');
  });

  test('that could only come too late takes the next channel at once', async () => {
    const both = await creatorIn('America/New_York', null, { sms: '+13', email: 'late@x.test' });
    const now = await world.clock.now(); // 22:00 there
    const id = await queue(both, { preferredChannel: 'sms', deadlineAt: new Date(now.getTime() + 3 * hour) });
    expect(await send(id)).toEqual({ done: true });
    expect(await view(id)).toMatchObject({ status: 'sent', channel: 'email', deliveries: [{ channel: 'sms', status: 'failed', code: 'quiet_hours' }, { channel: 'email', status: 'sent' }] });
  });
});

test('in bulk those who sleep wait for their own morning, and the others get it now', async () => {
  world.clock.advance(Date.parse('2026-11-30T20:30:00Z') - (await world.clock.now()).getTime()); // 21:30 in Amsterdam, 15:30 in New York
  const creators = [await creatorIn('Europe/Amsterdam', null, { sms: '+3177' }), await creatorIn('America/New_York', null, { sms: '+1777' })];
  const { broadcastId } = await world.run((tx) =>
    queueBroadcast(tx, { kind: 'group', dedupeKey: newId(), purpose: 'notice', automatic: false, recipients: creators.map((creatorId) => ({ creatorId, texts: { text: 'Hello' } })) }));
  const batch = () => sendBatch(world.db, { workspaceId: world.workspaceId, broadcastId });
  const before = sms.arrived.length;
  let result = await batch();
  for (let i = 0; i < 5 && !result.done && result.retryAfterMs < hour; i += 1) {
    world.clock.advance(result.retryAfterMs);
    result = await batch();
  }
  expect(sms.arrived.slice(before).map(({ to }) => to)).toEqual(['+1777']);
  expect(result).toMatchObject({ done: false });
  world.clock.advance(Date.parse('2026-12-01T07:00:00Z') - (await world.clock.now()).getTime());
  await batch();
  expect(sms.arrived.slice(before).map(({ to }) => to)).toEqual(['+1777', '+3177']);
  expect(await batch()).toMatchObject({ done: true });
});

test('a workspace sets its own hours or none, and many are asked about at once', async () => {
  const creators = await Promise.all([creatorIn('Asia/Tokyo', null, {}), creatorIn('America/New_York', null, {}), creatorIn('Asia/Tokyo', null, {})]);
  world.clock.advance(Date.parse('2026-12-01T13:00:00Z') - (await world.clock.now()).getTime()); // 22:00 in Tokyo, 08:00 in New York
  const ask = () => world.run((tx) => notBeforeFor(tx, creators.map((creatorId) => ({ creatorId, disturbs: true, ignoreQuietHours: false }))));
  const morning = new Date('2026-12-01T23:00:00Z');
  expect(await ask()).toEqual([morning, null, morning]);
  await world.run((tx) => changeWorkspace(tx, { messaging: { quietHours: { from: '23:30', to: '09:00' } } }));
  expect(await ask()).toEqual([null, new Date('2026-12-01T14:00:00Z'), null]);
  await world.run((tx) => changeWorkspace(tx, { messaging: { quietHours: null } }));
  expect(await ask()).toEqual([null, null, null]);
  const view = await world.run((tx) => changeWorkspace(tx, { messaging: { fallThroughHours: 2 } }));
  expect(view.messaging).toEqual({ fallThroughHours: 2, quietHours: null, pushShowsText: false });
});
