import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '@sevenfold/platform/ids';
import { createLogger } from '@sevenfold/platform/logging';
import { accepted, type InboundMessage } from '@sevenfold/plugin-sdk';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { eraseCreator } from '../../creators/index.js';
import type { InboundFact } from '../inbound/add-inbound.js';
import { routePending, takeInbound, type ReceiveParts } from '../inbound/receive-inbound.js';
import { queueMessage } from '../queue-message.js';
import { replyAddressFor } from '../reply-address/reply-address.js';
import { sendOne } from '../sending/send-one.js';
import { listMessages } from '../threads/list-messages.js';
import { cleanUp } from '../../engine/clean-up.js';
import { assignUnassigned, type Assignee } from './assign-unassigned.js';
import { dismissUnassigned, restoreUnassigned } from './dismiss-unassigned.js';
import { getUnassigned, listUnassigned } from './list-unassigned.js';
import { giveToWorkspace, listOwnerless, routeToTray } from './operator-tray.js';

const replyAddress = { mailbox: 'inbox@agency.test', style: 'plus' } as const;
const mail = fakeChannel({ channel: 'email', traits: { replyAddress } });
const sms = fakeChannel({ channel: 'sms', sender: '+3100' });

let world: MessagingWorld;
let parts: ReceiveParts;
let heard: InboundFact[] = [];
beforeAll(async () => {
  world = await messagingWorld([mail, sms]);
  parts = {
    system: world.system, db: world.db, logger: createLogger({ name: 'test', level: 'silent' }),
    onInbound: async (_tx, fact) => void heard.push(fact),
  };
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => {
  heard = [];
  world.clock.set(new Date('2026-11-23T09:00:00Z'));
});

let keys = 0;
const unique = (): string => `k${(keys += 1)}`;
const address = (): string => `${unique()}@people.test`;
const arrives = async (event: Partial<InboundMessage>, channel = 'email') => {
  const message: InboundMessage = { kind: 'message', providerKey: unique(), from: address(), to: 'inbox@agency.test', text: 'Hello', at: new Date('2026-11-23T09:00:00Z'), ...event };
  await (await takeInbound(parts, channel, [message]))();
  return message;
};
const scopeOf = (workspaceId: string) => ({ ...world.scope, workspaceId });
const tray = (workspaceId = world.workspaceId, status?: 'open' | 'assigned' | 'dismissed') =>
  world.db.inWorkspace(scopeOf(workspaceId), (tx) => listUnassigned(tx, { limit: 50 }, status)).then(({ data }) => data);
const fromOf = async (from: string, workspaceId?: string) => (await tray(workspaceId)).find((each) => each.from === from);
const assign = (id: string, assignee: Assignee) => assignUnassigned(parts, world.scope, id, assignee);
const writeTo = async (creatorId: string, workspaceId = world.workspaceId) => {
  const { messageId } = await world.db.inWorkspace(scopeOf(workspaceId), (tx) =>
    queueMessage(tx, { creatorId, kind: 'chat', texts: { text: 'Hi' }, dedupeKey: unique(), automatic: false, purpose: 'conversation' }));
  await sendOne(world.db, { workspaceId, messageId });
  return messageId;
};
const inboundOf = (creatorId: string) => world.rows<{ text: string; created_at: string }>(`select text, created_at from message where creator_id = ? and direction = 'in' order by created_at, id`, [creatorId]);

describe('with one workspace', () => {
  test('who is unknown waits in the tray, with files and reason, once however often it is delivered', async () => {
    const event = await arrives({ subject: 'New here', text: 'May I join?', attachments: [{ filename: 'me.png', contentType: 'image/png', content: Buffer.from('png') }], raw: { contentType: 'message/rfc822', content: Buffer.from('raw') } });
    await (await takeInbound(parts, 'email', [event]))();
    await routePending(parts);
    const mine = (await tray()).filter(({ from }) => from === event.from);
    expect(mine).toMatchObject([{ subject: 'New here', text: 'May I join?', reason: 'unknown_sender', status: 'open', to: 'inbox@agency.test', candidates: [], files: [{ filename: 'me.png', contentType: 'image/png', size: 3 }] }]);
    expect(heard).toEqual([]);
  });

  test('given to a creator it enters their thread as of when it came in, with its files; the address is remembered when asked', async () => {
    const creatorId = await world.addCreator({ name: 'Ada' });
    const { from } = await arrives({ text: 'It is me', attachments: [{ filename: 'a.txt', contentType: 'text/plain', content: Buffer.from('a') }], raw: { contentType: 'message/rfc822', content: Buffer.from('raw') } });
    world.clock.set(new Date('2026-11-24T09:00:00Z'));
    await writeTo(creatorId);
    const item = await fromOf(from);
    const message = await assign(item?.id ?? '', { creatorId, rememberAddress: true });
    expect(message).toMatchObject({ text: 'It is me', at: new Date('2026-11-23T09:00:00Z'), sender: { kind: 'creator', name: 'Ada' }, sourceUrl: expect.stringContaining('/v1/attachments/') });
    expect(message.attachments.map(({ role }) => role).sort()).toEqual(['attachment', 'source']);
    expect(heard).toMatchObject([{ creatorId, text: 'It is me' }]);
    const [thread] = await world.rows('select last_direction, unread, waiting_since, last_inbound_channel from thread where creator_id = ?', [creatorId]);
    expect(thread).toMatchObject({ last_direction: 'out', unread: 1, last_inbound_channel: 'email' });
    expect(new Date((thread as { waiting_since: string }).waiting_since)).toEqual(new Date('2026-11-23T09:00:00Z'));
    expect(await fromOf(from)).toBeUndefined();
    expect(await world.rows('select 1 from inbound_part p join inbound_item i on i.id = p.item_id where i.event ->> ? = ?', ['from', from])).toEqual([]);
    await arrives({ from, text: 'Once more' });
    expect((await inboundOf(creatorId)).map(({ text }) => text)).toEqual(['It is me', 'Once more']);
    await expect(assign(item?.id ?? '', { creatorId })).rejects.toMatchObject({ code: 'wrong_state' });
  });

  test('not remembered unless asked; of two who decide at once one wins', async () => {
    const [one, two] = [await world.addCreator({ name: 'One' }), await world.addCreator({ name: 'Two' })];
    const { from } = await arrives({});
    const id = (await fromOf(from))?.id ?? '';
    const both = await Promise.allSettled([assign(id, { creatorId: one }), assign(id, { creatorId: two }), dismissUnassigned(parts, world.scope, id)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await inboundOf(one)).length + (await inboundOf(two)).length).toBeLessThanOrEqual(1);
    await arrives({ from, text: 'Again' });
    expect(await fromOf(from)).toMatchObject({ text: 'Again' });
  });

  test('what was dismissed is put back as it was, files and all, while they are kept', async () => {
    const attachments = [{ filename: 'me.png', contentType: 'image/png', content: Buffer.from('png') }];
    const event = await arrives({ text: 'No spam', attachments });
    const before = await fromOf(event.from);
    const id = before?.id ?? '';
    await dismissUnassigned(parts, world.scope, id);
    await restoreUnassigned(parts, world.scope, id);
    await restoreUnassigned(parts, world.scope, id);
    expect(await fromOf(event.from)).toEqual(before);
    await dismissUnassigned(parts, world.scope, id);
    world.clock.advance(31 * 24 * 3_600_000);
    expect((await cleanUp(world.system)).dismissed).toBeGreaterThan(0);
    await expect(restoreUnassigned(parts, world.scope, id)).rejects.toMatchObject({ code: 'wrong_state' });
    world.clock.set(new Date('2026-11-23T09:00:00Z'));
    const other = await arrives({ text: 'With a picture', attachments });
    const item = (await fromOf(other.from))?.id ?? '';
    await dismissUnassigned(parts, world.scope, item);
    await restoreUnassigned(parts, world.scope, item);
    // Its writer turns out to be known: it goes there by itself, as it would have.
    const creatorId = await world.addCreator({ addresses: { email: other.from } });
    expect(await routePending(parts)).toBeGreaterThan(0);
    expect(await inboundOf(creatorId)).toMatchObject([{ text: 'With a picture' }]);
    await expect(restoreUnassigned(parts, world.scope, item)).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(restoreUnassigned(parts, world.scope, newId())).rejects.toMatchObject({ code: 'not_found' });
  });

  test('makes a creator of it, or dismisses it for good', async () => {
    const { from } = await arrives({ text: 'Hello, I am Zoe' });
    const message = await assign((await fromOf(from))?.id ?? '', { newCreator: { name: 'Zoe' } });
    expect(message.creator.name).toBe('Zoe');
    await arrives({ from, text: 'And more' });
    expect(await inboundOf(message.creator.id)).toHaveLength(2);
    const spam = await arrives({ text: 'Buy!' });
    const id = (await fromOf(spam.from))?.id ?? '';
    await dismissUnassigned(parts, world.scope, id);
    await world.addCreator({ addresses: { email: spam.from } });
    expect(await routePending(parts)).toBe(0);
    expect((await tray(world.workspaceId, 'dismissed')).map((each) => each.id)).toContain(id);
    await expect(dismissUnassigned(parts, world.scope, id)).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(assign(newId(), { newCreator: { name: 'x' } })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('leaves the tray by itself when its address becomes somebody’s', async () => {
    const { from } = await arrives({ text: 'Later' });
    const item = await fromOf(from);
    const creatorId = await world.addCreator({ addresses: { email: from } });
    expect(await routePending(parts)).toBe(1);
    expect(await inboundOf(creatorId)).toMatchObject([{ text: 'Later' }]);
    expect(await world.run((tx) => getUnassigned(tx, item?.id ?? ''))).toMatchObject({ status: 'assigned', from: null, text: '' });
  });

  test('what machines write is not shown; what could not be read is, with the reason', async () => {
    const vacation = await arrives({ automatic: true });
    expect(await fromOf(vacation.from)).toBeUndefined();
    const broken = await arrives({ text: '', problem: 'unreadable', raw: { contentType: 'message/rfc822', content: Buffer.from('?') } });
    expect(await fromOf(broken.from)).toMatchObject({ reason: 'unreadable' });
  });

  test('who answers from another address is proposed, not guessed', async () => {
    const creatorId = await world.addCreator({ name: 'Kim', addresses: { email: address() } });
    const messageId = await writeTo(creatorId);
    const [delivery] = await world.rows<{ id: string }>('select id from delivery where message_id = ?', [messageId]);
    const { from } = await arrives({ answers: [delivery?.id ?? ''] });
    expect(await fromOf(from)).toMatchObject({ candidates: [{ id: creatorId, name: 'Kim' }] });
    expect(await inboundOf(creatorId)).toEqual([]);
  });

  test('erasing a creator takes what waits from their address along', async () => {
    const shared = address();
    const [one] = [await world.addCreator({ addresses: { email: shared } }), await world.addCreator({ addresses: { email: shared } })];
    await arrives({ from: shared });
    expect(await fromOf(shared)).toBeDefined();
    await eraseCreator(world.db, world.system, world.scope, one);
    expect(await world.rows('select 1 from tray_item where sender = ?', [shared])).toEqual([]);
  });
});

describe('two creators with one address', () => {
  test('the one written to last gets the answer', async () => {
    const number = '+31611';
    const [one, two] = [await world.addCreator({ addresses: { sms: number } }), await world.addCreator({ addresses: { sms: number } })];
    await writeTo(one);
    world.clock.set(new Date('2026-11-23T09:00:01Z'));
    await writeTo(two);
    await arrives({ from: number, text: 'to two' }, 'sms');
    world.clock.set(new Date('2026-11-23T09:00:02Z'));
    await writeTo(one);
    await arrives({ from: number, text: 'to one' }, 'sms');
    expect([await inboundOf(one), await inboundOf(two)]).toMatchObject([[{ text: 'to one' }], [{ text: 'to two' }]]);
  });

  test('when neither was, or both at once, the team is asked, with both as candidates', async () => {
    sms.answer = (message) => accepted(`p-${message.id}`);
    const number = '+31622';
    const [one, two] = [await world.addCreator({ name: 'Ann', addresses: { sms: number } }), await world.addCreator({ name: 'Bo', addresses: { sms: number } })];
    await arrives({ from: number, text: 'who am I' }, 'sms');
    expect(await fromOf(number)).toMatchObject({ reason: 'several_creators', candidates: [{ name: 'Ann' }, { name: 'Bo' }] });
    await assign((await fromOf(number))?.id ?? '', { creatorId: two });
    await Promise.all([writeTo(one), writeTo(two)]);
    await arrives({ from: number, text: 'still?' }, 'sms');
    expect(await fromOf(number)).toMatchObject({ text: 'still?', reason: 'several_creators' });
    expect([await inboundOf(one), await inboundOf(two)]).toMatchObject([[], [{ text: 'who am I' }]]);
  });
});

describe('with several workspaces', () => {
  let other: string;
  beforeAll(async () => {
    other = await world.addWorkspace();
  });

  test('a stranger’s message is nobody’s to see but the operator’s, who gives it to one of them', async () => {
    const { from } = await arrives({ text: 'Secret words' });
    for (const workspaceId of [world.workspaceId, other]) expect(await fromOf(from, workspaceId)).toBeUndefined();
    const item = (await listOwnerless(world.system)).find((each) => each.from === from);
    expect(item).toMatchObject({ channel: 'email', reason: 'unknown_sender' });
    expect(JSON.stringify(item)).not.toContain('Secret');
    await giveToWorkspace(world.system, item?.id ?? '', other);
    expect(await fromOf(from, other)).toMatchObject({ text: 'Secret words' });
    expect(await fromOf(from)).toBeUndefined();
    // Nor may anybody else decide.
    const id = (await fromOf(from, other))?.id ?? '';
    await expect(assign(id, { newCreator: { name: 'Thief' } })).rejects.toMatchObject({ code: 'not_found' });
    await expect(dismissUnassigned(parts, world.scope, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(giveToWorkspace(world.system, item?.id ?? '', world.workspaceId)).rejects.toMatchObject({ code: 'wrong_state' });
    expect((await listOwnerless(world.system)).some((each) => each.from === from)).toBe(false);
  });

  test('one that came to a workspace’s own address, or answers its message, is that one’s', async () => {
    await routeToTray(world.system, { channel: 'email', address: '@other.test', workspaceId: other });
    const routed = await arrives({ to: 'hello@other.test' });
    // What a mail merely says of its recipients is not where it came in.
    const claimed = await arrives({ to: 'hello@other.test', envelopeTo: 'inbox@agency.test' });
    expect(await fromOf(routed.from, other)).toBeDefined();
    expect(await fromOf(claimed.from, other)).toBeUndefined();
    const creatorId = await world.addCreator({ addresses: { email: address() } }, other);
    const messageId = await writeTo(creatorId, other);
    const [row] = await world.rows<{ id: string; thread: string }>('select d.id, m.thread_id as thread from delivery d join message m on m.id = d.message_id where m.id = ?', [messageId]);
    const answer = await arrives({ answers: [row?.id ?? ''] });
    expect(await fromOf(answer.from, other)).toMatchObject({ candidates: [{ id: creatorId }] });
    await eraseCreator(world.db, world.system, scopeOf(other), creatorId);
    const signed = await arrives({ envelopeTo: replyAddressFor(world.db.services.keyRing, replyAddress, row?.thread ?? '') });
    expect(await fromOf(signed.from, other)).toMatchObject({ candidates: [] });
    for (const { from } of [routed, claimed, answer, signed]) expect(await fromOf(from)).toBeUndefined();
  });

  test('an address people of several workspaces share, and nobody wrote to, is shown to none of them', async () => {
    const number = '+31633';
    const creators = [await world.addCreator({ addresses: { sms: number } }), await world.addCreator({ addresses: { sms: number } }, other)];
    await arrives({ from: number }, 'sms');
    for (const workspaceId of [world.workspaceId, other]) expect(await fromOf(number, workspaceId)).toBeUndefined();
    for (const creatorId of creators) expect(await inboundOf(creatorId)).toEqual([]);
    const own = '+31644';
    await world.addCreator({ addresses: { sms: own } });
    await world.addCreator({ addresses: { sms: own } });
    await arrives({ from: own }, 'sms');
    expect(await fromOf(own)).toMatchObject({ reason: 'several_creators' });
    expect(await fromOf(own, other)).toBeUndefined();
  });

  test('pages go on where the last one ended', async () => {
    for (let count = 0; count < 3; count += 1) await arrives({ to: 'x@other.test' });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.db.inWorkspace(scopeOf(other), (tx) => listUnassigned(tx, { limit: 2, cursor }));
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe((await tray(other)).length);
  });

  test('nothing moves from one workspace to another', async () => {
    const creatorId = await world.addCreator({}, other);
    const { from } = await arrives({ to: 'x@other.test' });
    await expect(assignUnassigned(parts, scopeOf(other), (await fromOf(from, other))?.id ?? '', { creatorId: await world.addCreator() })).rejects.toMatchObject({ code: 'not_found' });
    expect((await world.db.inWorkspace(scopeOf(other), async (tx) => (await tx.em.execute<{ id: string }[]>('select id from thread where creator_id = ?', [creatorId])).length))).toBe(0);
    await expect(world.run((tx) => listMessages(tx, newId(), { limit: 1 }))).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('an assignment cut off before the item was marked is finished by the next look, and enters nothing twice', async () => {
  const creatorId = await world.addCreator();
  const { from } = await arrives({ to: 'x@other.test', from: 'cut@people.test' });
  const [row] = await world.rows<{ id: string; workspace_id: string }>('select id, workspace_id from tray_item where sender = ?', [from]);
  const scope = scopeOf(row?.workspace_id ?? '');
  const owner = await world.addCreator({}, scope.workspaceId);
  await assignUnassigned(parts, scope, row?.id ?? '', { creatorId: owner });
  await world.rows(`update inbound_item set routed_at = null, problem = 'unknown_sender' where event ->> 'from' = ?`, [from]);
  expect(await routePending(parts)).toBe(1);
  expect([await inboundOf(owner), await inboundOf(creatorId)]).toMatchObject([[{ text: 'Hello' }], []]);
});
