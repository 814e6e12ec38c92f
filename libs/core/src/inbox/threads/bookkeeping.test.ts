import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@sevenfold/platform/ids';
import { accepted, rejected } from '@sevenfold/plugin-sdk';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import fc from 'fast-check';
import type { Scope, Tx } from '../../db/tx.js';
import { needsNoAnswer, snoozeThread } from '../desk/change-thread.js';
import { addInbound } from '../inbound/add-inbound.js';
import { sendOne } from '../sending/send-one.js';
import { changeMessageCampaign } from './change-message-campaign.js';
import { creatorThread } from './creator-thread.js';
import { getMessage, listMessages } from './list-messages.js';
import { markThreadRead, markThreadUnread } from './mark-read.js';
import { moveMessage } from './move-message.js';
import { standingOf } from './recount-thread.js';
import { replyInThread } from './reply.js';

const mail = fakeChannel({ channel: 'email' });
const sms = fakeChannel({ channel: 'sms' });
let world: MessagingWorld;
let member: Scope;
let memberId: string;
beforeAll(async () => {
  world = await messagingWorld([mail, sms], 12);
  memberId = newId();
  await world.rows(`insert into member (id, workspace_id, created_at, name, email, role) values (?, ?, ?, 'Mara', 'mara@team.test', 'manager')`, [memberId, world.workspaceId, await world.clock.now()]);
  member = { workspaceId: world.workspaceId, actor: { kind: 'member', memberId, role: 'manager', via: 'api' } };
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

let instant = Date.parse('2026-11-23T09:00:00Z');
/** Every use case has an instant of its own; the clock is read when it begins. */
const as = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
  world.clock.set(new Date((instant += 1_000)));
  return world.db.inWorkspace(member, work);
};
let keys = 0;
const unique = (): string => `k${(keys += 1)}`;
const writes = (creatorId: string, text: string, { channel = 'email', automatic = false } = {}) =>
  as(async (tx) => (await addInbound(tx, { creatorId, channel, text, automatic, dedupeKey: unique() }))?.messageId ?? '');
const threadOf = async (creatorId: string) => (await world.rows<{ id: string }>('select id from thread where creator_id = ?', [creatorId]))[0]?.id ?? '';
const answers = async (creatorId: string, text: string) => {
  const threadId = await threadOf(creatorId);
  return as((tx) => replyInThread(tx, { threadId, memberId, text, dedupeKey: unique() }));
};
interface Row { last_message_at: string | null; last_preview: string | null; last_direction: string | null; last_inbound_channel: string | null; unread: number; waiting_since: string | null; snoozed_until: string | null; reply_due_at: string | null; version: number }
const rowOf = async (creatorId: string): Promise<Row> => {
  const [row] = await world.rows<Row>('select * from thread where creator_id = ?', [creatorId]);
  if (!row) throw new Error('no thread');
  return row;
};
const ms = (value: string | null | undefined): number | null => (value == null ? null : new Date(value).getTime());

/** What the thread's row says is what its messages say. */
async function consistent(creatorId: string): Promise<void> {
  const threadId = await threadOf(creatorId);
  if (threadId === '') return;
  const row = await rowOf(creatorId);
  const standing = await world.run((tx) => standingOf(tx, threadId));
  expect({ at: ms(row.last_message_at), preview: row.last_preview, direction: row.last_direction, channel: row.last_inbound_channel, unread: row.unread })
    .toEqual({ at: ms(standing.lastMessageAt), preview: standing.lastPreview, direction: standing.lastDirection, channel: standing.lastInboundChannel, unread: standing.unread });
  const facets = await world.rows('select facet, last_message_at from thread_facet where thread_id = ? order by facet', [threadId]);
  const due = await world.rows<{ facet: string }>(
    `select 'campaign:' || campaign_id as facet from message where thread_id = ? and campaign_id is not null
      union select 'channel:' || channel from message where thread_id = ? and channel is not null order by facet`, [threadId, threadId]);
  expect(facets.map((each) => (each as { facet: string }).facet)).toEqual(due.map(({ facet }) => facet));
}

/** Since when somebody waits, by the messages: the first of the creator after the last word of a person. */
async function waitsSince(creatorId: string): Promise<number | null> {
  const [row] = await world.rows<{ since: string | null }>(
    `select min(created_at) as since from message m where creator_id = ? and direction = 'in' and not automatic
        and created_at > coalesce((select max(created_at) from message o where o.thread_id = m.thread_id and o.direction = 'out' and o.author_member_id is not null), '-infinity')`, [creatorId]);
  return ms(row?.since);
}

describe('moving a message to another creator', () => {
  test('takes its files along, leaves both threads as if it had always been there, and is on record', async () => {
    const [from, to] = [await world.addCreator({ name: 'From', addresses: { email: 'from@x.test' } }), await world.addCreator({ name: 'To', addresses: { email: 'to@x.test' } })];
    const [spring, summer] = [await world.addCampaign({ name: 'Spring' }), await world.addCampaign({ name: 'Summer' })];
    await writes(from, 'first');
    await answers(from, 'hello From');
    await writes(to, 'older');
    const reply = await answers(to, 'hello To');
    await as((tx) => changeMessageCampaign(tx, reply.id, summer));
    const moved = await writes(from, 'I am To, really\n\n> quoted', { channel: 'sms' });
    await as((tx) => changeMessageCampaign(tx, moved, spring));
    const at = (await world.run((tx) => getMessage(tx, moved))).at;
    await world.rows(`insert into message_attachment (id, workspace_id, created_at, message_id, role, status, filename, content_type) values (?, ?, ?, ?, 'attachment', 'waiting', 'a.png', 'image/png')`, [newId(), world.workspaceId, at, moved]);
    await world.rows('update message set attachments = 1, sealed_links = ? where id = ?', [Buffer.from('sealed for From'), moved]);
    const view = await as((tx) => moveMessage(tx, { messageId: moved, creatorId: to }));
    expect(view).toMatchObject({ creator: { id: to }, campaign: { id: summer, name: 'Summer' }, inReplyToId: reply.id, at, attachments: [{ filename: 'a.png' }], sender: { kind: 'creator', name: 'To' } });
    for (const creatorId of [from, to]) {
      await consistent(creatorId);
      expect(ms((await rowOf(creatorId)).waiting_since)).toEqual(await waitsSince(creatorId));
    }
    expect(await rowOf(from)).toMatchObject({ last_preview: 'hello From', last_direction: 'out', last_inbound_channel: 'email', unread: 0, waiting_since: null, reply_due_at: null });
    const row = await rowOf(to);
    expect(row).toMatchObject({ last_direction: 'in', last_inbound_channel: 'sms', unread: 1 });
    // The clock of an answer runs since the message came, not since it was moved.
    expect(ms(row.waiting_since)).toBe(at.getTime());
    expect(ms(row.reply_due_at)).toBe(at.getTime() + 24 * 3_600_000);
    expect(await world.rows(`select data from audit_entry where action = 'message.moved' and entity_id = ?`, [moved])).toMatchObject([{ data: { fromCreatorId: from, toCreatorId: to } }]);
    // Personal links were From's.
    expect(await world.rows('select sealed_links from message where id = ?', [moved])).toEqual([{ sealed_links: null }]);
    expect((await world.run((tx) => creatorThread(tx, to, { limit: 1 }))).data).toMatchObject([{ id: moved, attachments: [{ filename: 'a.png' }] }]);
    expect((await world.run((tx) => creatorThread(tx, from, { limit: 50 }))).data.some(({ id }) => id === moved)).toBe(false);
  });

  test('makes a thread when there is none, empties the old one, and back again', async () => {
    const [from, to] = [await world.addCreator(), await world.addCreator()];
    const moved = await writes(from, 'only one');
    await as((tx) => moveMessage(tx, { messageId: moved, creatorId: to }));
    expect(await rowOf(from)).toMatchObject({ last_message_at: null, unread: 0, waiting_since: null });
    expect(await rowOf(to)).toMatchObject({ last_preview: 'only one', unread: 1 });
    await as((tx) => moveMessage(tx, { messageId: moved, creatorId: to }));
    await as((tx) => moveMessage(tx, { messageId: moved, creatorId: from }));
    for (const creatorId of [from, to]) await consistent(creatorId);
    expect(ms((await rowOf(from)).waiting_since)).toBe(await waitsSince(from));
  });

  test('answers of ours that have settled it stay settled; what was said to need none waits for nobody there', async () => {
    const [from, to] = [await world.addCreator(), await world.addCreator()];
    const early = await writes(from, 'early');
    await writes(to, 'hm');
    await answers(to, 'I wrote to you later anyway');
    await as((tx) => moveMessage(tx, { messageId: early, creatorId: to }));
    expect((await rowOf(to)).waiting_since).toBeNull();
    const [one, two] = [await writes(from, 'one'), await writes(from, 'two')];
    await as(async (tx) => needsNoAnswer(tx, await threadOf(from)));
    await as((tx) => moveMessage(tx, { messageId: one, creatorId: to }));
    expect((await rowOf(from)).waiting_since).toBeNull();
    await writes(from, 'three');
    await as((tx) => moveMessage(tx, { messageId: two, creatorId: to }));
    expect(ms((await rowOf(from)).waiting_since)).not.toBeNull();
    for (const creatorId of [from, to]) await consistent(creatorId);
  });

  test('wakes the thread it comes into, and not the one it leaves', async () => {
    const [from, to] = [await world.addCreator(), await world.addCreator()];
    await writes(from, 'stays');
    const moved = await writes(from, 'is not mine');
    await writes(to, 'older');
    for (const creatorId of [from, to]) await as(async (tx) => snoozeThread(tx, await threadOf(creatorId), new Date(tx.now.getTime() + 3_600_000)));
    await as((tx) => moveMessage(tx, { messageId: moved, creatorId: to }));
    expect([(await rowOf(from)).snoozed_until, (await rowOf(to)).snoozed_until]).toEqual([expect.anything(), null]);
  });

  test('leaves nothing unread where nothing is left', async () => {
    const [from, to] = [await world.addCreator(), await world.addCreator()];
    const moved = await writes(from, 'only one');
    await as(async (tx) => markThreadRead(tx, await threadOf(from)));
    await as(async (tx) => markThreadUnread(tx, await threadOf(from)));
    await as((tx) => moveMessage(tx, { messageId: moved, creatorId: to }));
    expect((await rowOf(from)).unread).toBe(0);
    await consistent(to);
  });

  test('is refused for what was sent, to another workspace, and to nobody', async () => {
    const creatorId = await world.addCreator({ addresses: { email: 'x@x.test' } });
    const inbound = await writes(creatorId, 'hi');
    const reply = await answers(creatorId, 'hi');
    const elsewhere = await world.addCreator({}, await world.addWorkspace());
    await expect(as(async (tx) => moveMessage(tx, { messageId: reply.id, creatorId: await world.addCreator() }))).rejects.toMatchObject({ code: 'wrong_state' });
    for (const creator of [elsewhere, newId()]) await expect(as((tx) => moveMessage(tx, { messageId: inbound, creatorId: creator }))).rejects.toMatchObject({ code: 'not_found' });
    await expect(as(async (tx) => moveMessage(tx, { messageId: inbound, creatorId: await world.addCreator(), campaignId: newId() }))).rejects.toMatchObject({ code: 'invalid_fields' });
    expect(await world.rows('select creator_id from message where id = ?', [inbound])).toEqual([{ creator_id: creatorId }]);
  });
});

test('a reply answers, and reads, what was there when it was written: not what came in at that moment', async () => {
  const creatorId = await world.addCreator();
  await writes(creatorId, 'first');
  const threadId = await threadOf(creatorId);
  let later = '';
  await as(async (tx) => {
    later = await writes(creatorId, 'and another thing');
    await replyInThread(tx, { threadId, memberId, text: 'Yes', dedupeKey: unique() });
  });
  const row = await rowOf(creatorId);
  expect(row).toMatchObject({ last_preview: 'and another thing', last_direction: 'in', unread: 1 });
  const { at, readAt } = await world.run((tx) => getMessage(tx, later));
  expect([ms(row.waiting_since), readAt]).toEqual([at.getTime(), null]);
  expect(ms(row.reply_due_at)).toBe(at.getTime() + 24 * 3_600_000);
  await consistent(creatorId);
  await answers(creatorId, 'And yes to that');
  expect(await rowOf(creatorId)).toMatchObject({ unread: 0, waiting_since: null, reply_due_at: null, last_direction: 'out' });
});

test('nor is it settled, or put to sleep, by who has not seen it', async () => {
  const creatorId = await world.addCreator();
  await writes(creatorId, 'first');
  const threadId = await threadOf(creatorId);
  for (const press of [(tx: Tx) => needsNoAnswer(tx, threadId), (tx: Tx) => snoozeThread(tx, threadId, new Date(tx.now.getTime() + 3_600_000))]) {
    let later = '';
    await as(async (tx) => {
      later = await writes(creatorId, 'and another thing');
      await press(tx);
    });
    const { at } = await world.run((tx) => getMessage(tx, later));
    const row = await rowOf(creatorId);
    expect(row.snoozed_until).toBeNull();
    expect(ms(row.waiting_since)).not.toBeNull();
    expect(ms(row.waiting_since)).toBeLessThanOrEqual(at.getTime());
    await consistent(creatorId);
  }
});

test('two members who reply at once both have their say, and nobody waits', async () => {
  const creatorId = await world.addCreator();
  await writes(creatorId, 'hello?');
  const threadId = await threadOf(creatorId);
  const texts = ['one', 'two', 'three'];
  await as(async () => undefined);
  await Promise.all(texts.map((text) => world.db.inWorkspace(member, (tx) => replyInThread(tx, { threadId, memberId, text, dedupeKey: unique() }))));
  expect((await world.run((tx) => listMessages(tx, threadId, { limit: 9 }))).data.map(({ text }) => text)).toEqual(expect.arrayContaining(texts));
  expect(await rowOf(creatorId)).toMatchObject({ unread: 0, waiting_since: null, last_direction: 'out' });
  await consistent(creatorId);
});

test('the campaign of a message can be changed by hand, and the inbox finds it there', async () => {
  const creatorId = await world.addCreator();
  const [campaign, other] = [await world.addCampaign({ name: 'Spring' }), await world.addCampaign({ name: 'Autumn' })];
  const id = await writes(creatorId, 'about spring?');
  expect(await as((tx) => changeMessageCampaign(tx, id, campaign))).toMatchObject({ campaignId: campaign, campaign: { name: 'Spring' } });
  expect(await as((tx) => changeMessageCampaign(tx, id, other))).toMatchObject({ campaign: { name: 'Autumn' } });
  await consistent(creatorId);
  expect(await as((tx) => changeMessageCampaign(tx, id, null))).toMatchObject({ campaignId: null, campaign: null });
  await consistent(creatorId);
  await expect(as((tx) => changeMessageCampaign(tx, id, newId()))).rejects.toMatchObject({ code: 'invalid_fields' });
  await expect(as((tx) => changeMessageCampaign(tx, newId(), null))).rejects.toMatchObject({ code: 'not_found' });
  expect(await world.rows(`select 1 from audit_entry where action = 'message.campaign-changed' and entity_id = ?`, [id])).toHaveLength(3);
});

test('a message says who speaks, where the quotation begins, and everything that was heard of its deliveries; the first failure stays', async () => {
  const creatorId = await world.addCreator({ name: 'Ivy', addresses: { email: 'ivy@x.test', sms: '+31699' } });
  const inbound = await writes(creatorId, 'Yes, gladly.\n\nOn Mon, Nov 23, 2026 at 9:00 AM Agency <a@x.test> wrote:\n> Would you?');
  const view = await world.run((tx) => getMessage(tx, inbound));
  expect(view.sender).toEqual({ kind: 'creator', id: creatorId, name: 'Ivy' });
  expect(view.text.slice(0, view.quotedFrom ?? 0).trim()).toBe('Yes, gladly.');
  expect(view.text).toContain('Would you?');
  const reply = await answers(creatorId, 'Great');
  mail.answer = () => rejected('550', 'no such box');
  sms.answer = (message) => accepted(`p-${message.id}`);
  let more = true;
  for (let attempt = 0; more && attempt < 4; attempt += 1) {
    await sendOne(world.db, { workspaceId: world.workspaceId, messageId: reply.id });
    more = (await world.run((tx) => getMessage(tx, reply.id))).status === 'queued';
  }
  const sent = (await world.run((tx) => listMessages(tx, reply.threadId, { limit: 1 }))).data[0];
  expect(sent).toMatchObject({
    sender: { kind: 'member', id: memberId, name: 'Mara' }, status: 'sent', channel: 'sms', firstFailure: { channel: 'email', code: '550' },
    deliveries: [{ channel: 'email', status: 'failed', events: [{ kind: 'rejected', code: '550', at: expect.any(Date) }] }, { channel: 'sms', status: 'sent', events: [{ kind: 'accepted' }] }],
  });
  mail.answer = (message) => accepted(`p-${message.id}`);
});

describe('whatever happens, a thread’s row says what its messages say', () => {
  type Step = readonly ['in' | 'machine' | 'answer' | 'read' | 'move' | 'campaign', number, number];
  const steps = fc.array(
    fc.tuple(fc.constantFrom('in', 'in', 'in', 'machine', 'answer', 'read', 'move', 'move', 'campaign'), fc.nat(2), fc.nat(20)) as fc.Arbitrary<Step>,
    { minLength: 5, maxLength: 18 },
  );

  async function play(step: Step, creators: readonly string[], campaign: string): Promise<void> {
    const [kind, who, pick] = step;
    const creatorId = creators[who] ?? '';
    const threadId = await threadOf(creatorId);
    const inbound = await world.rows<{ id: string }>(`select id from message where creator_id in (?) and direction = 'in' order by id`, [[...creators]]);
    const chosen = inbound[pick % Math.max(inbound.length, 1)]?.id;
    if (kind === 'in') await writes(creatorId, `words ${pick}`, { channel: pick % 2 === 0 ? 'sms' : 'email' });
    else if (kind === 'machine') await writes(creatorId, 'away', { automatic: true });
    else if (kind === 'answer' && threadId !== '') await answers(creatorId, `answer ${pick}`);
    else if (kind === 'read' && threadId !== '') await as((tx) => markThreadRead(tx, threadId));
    else if (kind === 'campaign' && chosen !== undefined) await as((tx) => changeMessageCampaign(tx, chosen, pick % 2 === 0 ? campaign : null)).catch(raced);
    else if (kind === 'move' && chosen !== undefined) await as((tx) => moveMessage(tx, { messageId: chosen, creatorId })).catch(raced);
  }
  /** Two people moved the same message at the same moment. */
  const raced = (error: { code?: string }): void => {
    if (error.code !== 'conflict') throw error as Error;
  };

  test('one after the other', async () => {
    const campaign = await world.addCampaign();
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const creators = [await world.addCreator(), await world.addCreator(), await world.addCreator()];
        for (const step of plan) {
          await play(step, creators, campaign);
          for (const creatorId of creators) {
            await consistent(creatorId);
            if ((await threadOf(creatorId)) !== '') expect(ms((await rowOf(creatorId)).waiting_since)).toEqual(await waitsSince(creatorId));
          }
        }
      }),
      { numRuns: 5, endOnFailure: true },
    );
  }, 60_000);

  test('all at once', async () => {
    const campaign = await world.addCampaign();
    await fc.assert(
      fc.asyncProperty(steps, steps, async (before, plan) => {
        const creators = [await world.addCreator(), await world.addCreator(), await world.addCreator()];
        for (const step of before) await play(step, creators, campaign);
        await Promise.all(plan.map((step) => play(step, creators, campaign)));
        for (const creatorId of creators) await consistent(creatorId);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  }, 60_000);
});
