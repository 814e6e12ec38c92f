import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogger } from '@sevenfold/platform/logging';
import { newId } from '@sevenfold/platform/ids';
import { type ChannelPlugin, type LookUpAnswer, type LookUpCandidate, type LookUpQuestion, unknown } from '@sevenfold/plugin-sdk';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { sweepDue } from '../../engine/sweeper/sweep-due.js';
import { applyStatus } from '../inbound/apply-status.js';
import { queueMessage } from '../queue-message.js';
import { sendOne } from '../sending/send-one.js';
import { lookUpDueHandlers } from './look-up.js';

const minute = 60_000;
const asked: LookUpQuestion[] = [];
let answer: (question: LookUpQuestion) => LookUpAnswer = () => ({ outcome: 'unsure', reason: 'away' });
const fake = fakeChannel({ channel: 'sms', traits: { repeatCostsMoney: true } });
const sms: ChannelPlugin = Object.assign(fake, {
  lookUp: async (question: LookUpQuestion): Promise<LookUpAnswer> => {
    asked.push(question);
    return answer(question);
  },
});
const mail = fakeChannel({ channel: 'email' });

let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([sms, mail]);
  fake.answer = () => unknown('ECONNRESET');
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  asked.length = 0;
  answer = () => ({ outcome: 'unsure', reason: 'away' });
  await world.rows('delete from due_item');
});

let phones = 0;
const phone = () => `+3164${String((phones += 1)).padStart(7, '0')}`;
const send = async (creatorId: string, text: string, workspaceId = world.workspaceId) => {
  const { messageId } = await world.db.inWorkspace({ ...world.scope, workspaceId }, (tx) =>
    queueMessage(tx, { creatorId, kind: 'chat', texts: { text }, dedupeKey: newId(), automatic: false, purpose: 'conversation' }));
  await sendOne(world.db, { workspaceId, messageId });
  return messageId;
};
const deliveries = (messageId: string) =>
  world.rows<{ id: string; channel: string; status: string; code: string | null; segments: number | null }>(
    'select id, channel, status, code, segments from delivery where message_id = ? order by position', [messageId]);
const sweep = (ms: number) => {
  world.clock.advance(ms);
  return sweepDue({ system: world.system, db: world.db, handlers: lookUpDueHandlers(world.system), logger: createLogger({ name: 'test', level: 'silent' }) });
};
const candidate = (id: string, over: Partial<LookUpCandidate> = {}): LookUpCandidate => ({ providerId: id, providerKey: `${id}:sent`, status: 'sent', at: new Date(0), segments: 2, ...over });
const found = (...candidates: LookUpCandidate[]): LookUpAnswer => ({ outcome: 'found', candidates });

describe('a message nobody knows the end of', () => {
  test('is found in the provider’s list after a minute: it was sent, and nothing is sent again', async () => {
    const creatorId = await world.addCreator({ addresses: { sms: phone(), email: 'x@x.test' } });
    const messageId = await send(creatorId, 'Hello');
    const calls = fake.arrived.length;
    await sweep(30_000);
    expect(asked).toHaveLength(0);
    answer = () => found(candidate('SM1'));
    await sweep(30_000);
    expect(await deliveries(messageId)).toMatchObject([{ channel: 'sms', status: 'sent', segments: 2 }]);
    expect(asked[0]).toMatchObject({ message: { id: (await deliveries(messageId))[0]?.id, text: 'Hello' } });
    await sweep(48 * 60 * minute);
    expect([asked.length, fake.arrived.length]).toEqual([1, calls]);
    // The report that comes later is about the same one.
    const [row] = await deliveries(messageId);
    await world.run((tx) => applyStatus(tx, row?.id ?? '', messageId, { kind: 'status', providerKey: 'SM1:delivered', providerId: 'SM1', status: 'delivered', at: new Date() }));
    expect(await deliveries(messageId)).toMatchObject([{ status: 'delivered' }]);
  });

  test('is not in the list: after an hour it never got there, and neither way is anything sent', async () => {
    const messageId = await send(await world.addCreator({ addresses: { sms: phone(), email: 'y@x.test' } }), 'Hello');
    answer = () => ({ outcome: 'absent' });
    await sweep(minute);
    await sweep(9 * minute);
    expect(await deliveries(messageId)).toMatchObject([{ status: 'unknown' }]);
    await sweep(50 * minute);
    expect(asked).toHaveLength(3);
    expect(await deliveries(messageId)).toMatchObject([{ channel: 'sms', status: 'failed', code: 'never_taken' }]);
    expect(await world.rows('select status from message where id = ?', [messageId])).toEqual([{ status: 'failed' }]);
    expect(await world.rows(`select 1 from outbox_item where kind = 'message.changed' and payload->>'messageId' = ?`, [messageId])).toEqual([]);
    await sweep(48 * 60 * minute);
    expect(asked).toHaveLength(3);
  });

  test('failed at the provider: it failed for certain, so the next channel is tried as after any report', async () => {
    const messageId = await send(await world.addCreator({ addresses: { sms: phone(), email: 'z@x.test' } }), 'Hello');
    answer = () => found(candidate('SM2', { providerKey: 'SM2:undelivered', status: 'failed', code: '30003' }));
    await sweep(minute);
    expect(await deliveries(messageId)).toMatchObject([{ channel: 'sms', status: 'failed', code: '30003' }, { channel: 'email', status: 'queued' }]);
  });

  test('refused there because of a STOP: the STOP counts from now on', async () => {
    const creatorId = await world.addCreator({ addresses: { sms: phone() } });
    await send(creatorId, 'Hello');
    answer = () => found(candidate('SM5', { providerKey: 'SM5:failed', status: 'failed', code: '21610', optedOut: true }));
    await sweep(minute);
    expect(await world.rows('select code from message where id = ?', [await send(creatorId, 'Again')])).toEqual([{ code: 'opted_out' }]);
  });

  test('whose provider is away stays unknown, is asked about for a day and then left to a person', async () => {
    const messageId = await send(await world.addCreator({ addresses: { sms: phone() } }), 'Hello');
    for (const minutes of [1, 9, 50, 180, 480, 720, 5_000]) await sweep(minutes * minute);
    expect(asked).toHaveLength(6);
    expect(await deliveries(messageId)).toMatchObject([{ status: 'unknown' }]);
  });

  test('that evidence has resolved meanwhile is not asked about', async () => {
    const messageId = await send(await world.addCreator({ addresses: { sms: phone() } }), 'Hello');
    const [row] = await deliveries(messageId);
    await world.run((tx) => applyStatus(tx, row?.id ?? '', messageId, { kind: 'status', providerKey: 'SM3:sent', providerId: 'SM3', status: 'sent', at: new Date() }));
    await sweep(minute);
    expect(asked).toHaveLength(0);
  });

  test('left by a killed attempt is looked up as well', async () => {
    const creatorId = await world.addCreator({ addresses: { sms: phone() } });
    const messageId = await send(creatorId, 'Hello');
    await world.rows(`update delivery set status = 'claimed', claimed_by = 'one' where message_id = ?`, [messageId]);
    await world.rows('delete from due_item');
    await sendOne(world.db, { workspaceId: world.workspaceId, messageId });
    answer = () => found(candidate('SM4'));
    await sweep(minute);
    expect(await deliveries(messageId)).toMatchObject([{ status: 'sent' }]);
  });
});

describe('messages that look alike', () => {
  test('what another delivery has, in whichever workspace, is no evidence for this one', async () => {
    const address = phone();
    const elsewhere = await world.addWorkspace();
    const there = await world.addCreator({ addresses: { sms: address } }, elsewhere);
    const other = await send(there, 'Same words', elsewhere);
    const [row] = await deliveries(other);
    await world.rows(`update delivery set status = 'sent', provider_id = 'SM9' where id = ?`, [row?.id]);
    const mine = await send(await world.addCreator({ addresses: { sms: address } }), 'Same words');
    answer = () => found(candidate('SM9'));
    await sweep(minute);
    expect(await deliveries(mine)).toMatchObject([{ status: 'unknown' }]);
    await sweep(9 * minute);
    await sweep(50 * minute);
    expect(await deliveries(mine)).toMatchObject([{ status: 'failed', code: 'never_taken' }]);
  });

  test('two open at once: two in the list are they, in order; one tells of neither', async () => {
    const creatorId = await world.addCreator({ addresses: { sms: phone() } });
    const first = await send(creatorId, 'Twice');
    world.clock.advance(5_000);
    const second = await send(creatorId, 'Twice');
    answer = () => found(candidate('SMa', { at: new Date(1) }));
    await sweep(minute);
    expect([...(await deliveries(first)), ...(await deliveries(second))]).toMatchObject([{ status: 'unknown' }, { status: 'unknown' }]);
    answer = () => found(candidate('SMb', { at: new Date(2) }), candidate('SMa', { at: new Date(1) }));
    await sweep(9 * minute);
    const ids = await world.rows<{ provider_id: string }>('select provider_id from delivery where message_id in (?) order by claimed_at', [[first, second]]);
    expect(ids).toEqual([{ provider_id: 'SMa' }, { provider_id: 'SMb' }]);
  });
});
