import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogger } from '@sevenfold/platform/logging';
import { newId } from '@sevenfold/platform/ids';
import { accepted, rejected } from '@sevenfold/plugin-sdk';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { sweepDue } from '../../engine/sweeper/sweep-due.js';
import { wakeHeld } from '../../campaigns/wake-held.js';
import { queueBroadcast, sendBatch } from '../../broadcasts/index.js';
import { changeWorkspace } from '../../workspaces/workspace.js';
import { addressHash } from '@sevenfold/platform/crypto';
import { recordConsent } from '../consent/record-consent.js';
import { queueMessage, type QueueMessageInput } from '../queue-message.js';
import { sendOne } from '../sending/send-one.js';
import { creatorThread } from '../threads/creator-thread.js';
import { getMessage } from '../threads/list-messages.js';
import { markReadByCreator } from '../threads/mark-read.js';
import { fallThrough } from './index.js';

const app = fakeChannel({ channel: 'in-app', traits: { needsAppSession: true, repeatHarmless: true } });
const mail = fakeChannel({ channel: 'email', traits: { rich: true, takesUnread: true } });
const sms = fakeChannel({ channel: 'sms', traits: { disturbs: true, bodyTemplate: 'short' } });
const hour = 3_600_000;

let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([app, mail, sms]);
}, 120_000);
beforeEach(() => {
  mail.answer = (message) => accepted(message.id);
});
afterAll(() => world[Symbol.asyncDispose]());

let people = 0;
const creator = (addresses: Record<string, string> = { email: `c${(people += 1)}@x.test`, sms: `+31${people}` }) => world.addCreator({ hasApp: true, addresses });
const write = async (creatorId: string, input: Partial<QueueMessageInput> = {}) => {
  const { messageId } = await world.run((tx) =>
    queueMessage(tx, { creatorId, kind: 'chat', texts: { text: 'Hello' }, dedupeKey: newId(), automatic: false, purpose: 'conversation', ...input }));
  await send(messageId);
  return messageId;
};
const send = (messageId: string) => sendOne(world.db, { workspaceId: world.workspaceId, messageId });
const view = (messageId: string) => world.run((tx) => getMessage(tx, messageId));
const none = async () => {};
const sweep = () =>
  sweepDue({
    system: world.system, db: world.db, logger: createLogger({ level: 'silent', name: 'test' }),
    handlers: { 'results.request': none, 'results.remind': none, 'attachment.fetch': none, 'delivery.look-up': none, 'thread.wake': none, 'broadcast.send': none, 'push.send': none, 'message.fall-through': fallThrough } as Parameters<typeof sweepDue>[0]['handlers'],
  });
const outcome = async (messageId: string) =>
  (await world.rows<{ outcome: string | null }>(`select outcome from due_item where kind = 'message.fall-through' and ref_id = ? order by created_at desc`, [messageId]))[0]?.outcome;
const mailsOf = (messageId: string, ids: { id: string }[]) => mail.arrived.filter(({ id }) => ids.some((each) => each.id === id)).length;
const deliveries = (messageId: string) => world.rows<{ id: string }>('select id from delivery where message_id = ?', [messageId]);

describe('an app message', () => {
  test('unread for four hours goes by mail once, as the same entry, and stays in the app', async () => {
    const who = await creator();
    const id = await write(who);
    expect(await view(id)).toMatchObject({ status: 'sent', channel: 'in-app' });
    world.clock.advance(4 * hour - 1);
    await sweep();
    expect((await view(id)).deliveries).toHaveLength(1);
    world.clock.advance(1);
    // Two sweepers at once, and once more after them.
    await Promise.all([sweep(), sweep()]);
    await sweep();
    expect(await outcome(id)).toBe('to email');
    expect(await view(id)).toMatchObject({ status: 'sent', channel: 'in-app', deliveries: [{ channel: 'in-app', status: 'sent' }, { channel: 'email', status: 'queued' }] });
    // On its way by mail it is still in the app.
    expect((await world.run((tx) => creatorThread(tx, who, { limit: 10 }))).data).toHaveLength(1);
    await Promise.all([send(id), send(id)]);
    await send(id);
    expect(mailsOf(id, await deliveries(id))).toBe(1);
    expect(await view(id)).toMatchObject({ status: 'sent', channel: 'email' });
    expect(sms.attempts).toEqual([]);
    // Read in the app after all.
    expect(await world.run((tx) => markReadByCreator(tx, who))).toBe(1);
    expect(await view(id)).toMatchObject({ status: 'read', channel: 'in-app' });
    const rows = await world.rows<{ kind: string }>(`select kind from delivery_event e join delivery d on d.id = e.delivery_id where d.message_id = ? order by e.created_at, e.id`, [id]);
    // Of two attempts at once the later may take the earlier for dead before it brings its news.
    expect(rows.map(({ kind }) => kind).filter((kind) => kind !== 'abandoned')).toEqual(['accepted', 'fell-through', 'accepted', 'read']);
  });

  test('read before is left alone, also when the mail was about to leave', async () => {
    const early = await creator();
    const first = await write(early);
    world.clock.advance(3 * hour);
    await world.run((tx) => markReadByCreator(tx, early));
    world.clock.advance(hour);
    await sweep();
    expect(await outcome(first)).toBe('not waiting');

    const late = await creator();
    const second = await write(late);
    world.clock.advance(4 * hour);
    await sweep();
    await world.run((tx) => markReadByCreator(tx, late));
    expect(await send(second)).toEqual({ done: true });
    expect(await view(second)).toMatchObject({ status: 'read', deliveries: [{ status: 'read' }, { channel: 'email', status: 'failed', code: 'read_meanwhile', attempts: 0 }] });
    expect(mailsOf(second, await deliveries(second))).toBe(0);
  });

  test('is never sent by SMS: without mail, with mail forbidden, or when mail fails, it stays, and that is noted', async () => {
    const without = await write(await creator({ sms: '+3199' }));
    const forbidden = await creator({ email: 'no@x.test' });
    const second = await write(forbidden);
    await world.run((tx) => recordConsent(tx, { channel: 'email', sender: mail.sender, addressHash: addressHash(tx.services.keyRing, 'email', 'no@x.test'), state: 'out', source: 'test', at: tx.now }));
    const third = await write(await creator());
    mail.answer = () => rejected('550', 'no such mailbox');
    world.clock.advance(4 * hour);
    await sweep();
    for (const id of [without, second, third]) await send(id);
    expect([await outcome(without), await outcome(second), await outcome(third)]).toEqual(['no_address', 'opted_out', 'to email']);
    expect(await view(third)).toMatchObject({ status: 'sent', channel: 'in-app', deliveries: [{ status: 'sent' }, { channel: 'email', status: 'failed', code: '550' }] });
    expect(await view(without)).toMatchObject({ status: 'sent', deliveries: [{ channel: 'in-app' }] });
    expect(sms.attempts).toEqual([]);
    const [note] = await world.rows<{ raw: object }>(`select e.raw from delivery_event e join delivery d on d.id = e.delivery_id where d.message_id = ? and e.kind = 'stays-in-app'`, [without]);
    expect(note?.raw).toEqual({ why: 'no_address' });
  });

  test('that came into the app because mail had failed is not mailed again', async () => {
    mail.answer = () => rejected('550', 'no');
    const id = await write(await creator(), { preferredChannel: 'email' });
    expect(await view(id)).toMatchObject({ status: 'sent', channel: 'in-app', deliveries: [{ channel: 'email', status: 'failed' }, { channel: 'in-app' }] });
    world.clock.advance(4 * hour);
    await sweep();
    expect(await outcome(id)).toBe('tried already');
    expect((await view(id)).deliveries).toHaveLength(2);
  });

  test('of a paused campaign waits for its end, and then goes once', async () => {
    const campaignId = await world.addCampaign();
    const id = await write(await creator(), { automatic: true, purpose: 'notice', campaignId });
    await world.rows('update campaign set paused_at = ? where id = ?', [await world.clock.now(), campaignId]);
    world.clock.advance(4 * hour);
    await sweep();
    expect(await send(id)).toMatchObject({ done: false });
    expect(mailsOf(id, await deliveries(id))).toBe(0);
    await world.rows('delete from outbox_item');
    await world.rows('update campaign set paused_at = null where id = ?', [campaignId]);
    await world.run((tx) => wakeHeld(tx, campaignId));
    expect(await world.rows(`select payload from outbox_item where kind = 'message.changed'`)).toEqual([{ payload: { messageId: id } }]);
    await send(id);
    expect(mailsOf(id, await deliveries(id))).toBe(1);
  });

  test('of a broadcast is no different: each reader by themselves', async () => {
    const readers = [await creator(), await creator(), await creator()];
    const { broadcastId } = await world.run((tx) =>
      queueBroadcast(tx, { kind: 'group', dedupeKey: newId(), purpose: 'notice', automatic: false, recipients: readers.map((creatorId) => ({ creatorId, texts: { text: 'To all' } })) }));
    while (!(await sendBatch(world.db, { workspaceId: world.workspaceId, broadcastId })).done);
    const messages = await world.rows<{ id: string; creator_id: string }>('select id, creator_id from message where broadcast_id = ?', [broadcastId]);
    world.clock.advance(hour);
    await world.run((tx) => markReadByCreator(tx, readers[0] ?? ''));
    world.clock.advance(3 * hour);
    await sweep();
    for (const { id } of messages) await send(id);
    const ends = await Promise.all(messages.map(async ({ id, creator_id }) => [readers.indexOf(creator_id), (await view(id)).status, (await view(id)).channel]));
    expect(ends.toSorted()).toEqual([[0, 'read', 'in-app'], [1, 'sent', 'email'], [2, 'sent', 'email']]);
    expect(await world.rows('select status from broadcast where id = ?', [broadcastId])).toEqual([{ status: 'done' }]);
  });

  test('past its own deadline stays, and a newsletter ended meanwhile is not mailed', async () => {
    const now = await world.clock.now();
    const id = await write(await creator(), { deadlineAt: new Date(now.getTime() + 2 * hour) });
    const reader = await world.addCreator({ hasApp: true, newsletter: true, addresses: { email: 'nl@x.test' } });
    const letter = await write(reader, { purpose: 'newsletter', automatic: true, kind: 'newsletter' });
    await world.rows('update creator set newsletter_opt_in = false where id = ?', [reader]);
    world.clock.advance(4 * hour);
    await sweep();
    expect([await outcome(id), await outcome(letter)]).toEqual(['too late', 'opted_out']);
  });

  test('waits as long as the workspace says, or for ever', async () => {
    await world.run((tx) => changeWorkspace(tx, { messaging: { fallThroughHours: 0.5 } }));
    const soon = await write(await creator());
    await world.run((tx) => changeWorkspace(tx, { messaging: { fallThroughHours: null } }));
    const never = await write(await creator());
    world.clock.advance(hour / 2);
    await sweep();
    expect([await outcome(soon), await outcome(never)]).toEqual(['to email', undefined]);
  });
});
