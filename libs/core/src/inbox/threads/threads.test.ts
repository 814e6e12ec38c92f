import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newToken } from '@sevenfold/platform/crypto';
import { newId } from '@sevenfold/platform/ids';
import { accepted } from '@sevenfold/plugin-sdk';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { getBroadcast, queueBroadcast, sendBatch } from '../../broadcasts/index.js';
import { markNoticeDone, listNotices, tellTeam } from '../../notices/index.js';
import {
  creatorThread, listBroadcastMessages, listCampaignMessages, listMessages, listThreads, markReadByCreator, markThreadRead, postAsCreator,
  queueMessage, replyInThread, sendOne,
} from '../index.js';

const app = fakeChannel({ channel: 'in-app', traits: { needsAppSession: true, repeatHarmless: true } });
const mail = fakeChannel({ channel: 'email', traits: { rich: true } });

let world: MessagingWorld;
let memberId: string;
beforeAll(async () => {
  world = await messagingWorld([app, mail]);
  memberId = newId();
  await world.rows(`insert into member (id, workspace_id, created_at, name, email, role) values (?, ?, now(), 'Mo', 'mo@x.test', 'member')`, [
    memberId, world.workspaceId,
  ]);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => world.clock.advance(60_000));

let keys = 0;
const say = async (creatorId: string, text: string, campaignId?: string) => {
  const { messageId } = await world.run((tx) =>
    queueMessage(tx, { creatorId, campaignId, kind: 'invite', texts: { text }, dedupeKey: `t${(keys += 1)}`, automatic: true, purpose: 'notice' }),
  );
  await sendOne(world.db, { workspaceId: world.workspaceId, messageId });
  return messageId;
};
const post = (creatorId: string, text: string) => world.run((tx) => postAsCreator(tx, { creatorId, text }));
const threads = (filter = {}, limit = 50, cursor?: string) => world.run((tx) => listThreads(tx, { limit, cursor }, filter));
const threadOf = async (creatorId: string) => (await threads({ creatorId })).data[0] ?? { id: '', unread: -1 };

describe('the inbox', () => {
  test('shows each thread once, the latest first, page by page without a gap', async () => {
    const creators = [];
    for (let i = 0; i < 5; i += 1) {
      creators.push(await world.addCreator({ name: `C${i}`, addresses: { email: `c${i}@x.test` } }));
      await say(creators.at(-1) ?? '', `first ${i}`);
      world.clock.advance(1_000);
    }
    await say(creators[0] ?? '', `  again\n0 ${'x'.repeat(200)}`);
    const all = await threads();
    expect(all.data.map((each) => each.creator.name)).toEqual(['C0', 'C4', 'C3', 'C2', 'C1']);
    expect(all.data[0]).toMatchObject({ lastDirection: 'out', unread: 0, preview: expect.stringMatching(/^again 0 x{131}…$/) });
    const pages = [];
    for (let cursor: string | undefined; ; ) {
      const page = await threads({}, 2, cursor);
      pages.push(page.data.map((each) => each.creator.name));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(pages).toEqual([['C0', 'C4'], ['C3', 'C2'], ['C1']]);
  });

  test('is filtered by unread, campaign and channel', async () => {
    const campaignId = await world.addCampaign();
    const [one, other] = [await world.addCreator({ hasApp: true }), await world.addCreator({ addresses: { email: 'f@x.test' } })];
    await say(one, 'x', campaignId);
    await say(other, 'y');
    await post(one, 'hello');
    const ids = async (filter: object) => (await threads(filter)).data.map((each) => each.creator.id);
    expect(await ids({ unread: true })).toEqual([one]);
    expect(await ids({ campaignId })).toEqual([one]);
    expect(await ids({ channel: 'in-app' })).toEqual([one]);
    expect(await ids({ unread: false, channel: 'email' })).toContain(other);
    expect(await world.run((tx) => listThreads({ ...tx, workspaceId: newId() }, { limit: 5 }, { creatorId: newId() }))).toEqual({ data: [], nextCursor: null });
  });

  test('uses an index for the plain list', async () => {
    await world.rows('analyze thread');
    const plan = await world.run(async (tx) => {
      // A handful of rows would be sorted by hand; what counts is that the index can do it.
      await tx.em.execute('set local enable_sort = off; set local enable_seqscan = off; set local enable_bitmapscan = off');
      return tx.em.execute<{ 'QUERY PLAN': string }[]>(
        'explain select id from thread t where t.last_message_at is not null order by t.last_message_at desc, t.id desc limit 50',
      );
    });
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index.* Scan Backward using thread_workspace_id_last_message_at_id_index/);
  });
});

describe('a reply', () => {
  test('goes where the creator wrote from, keeps the campaign, is told by its author, and reads the thread', async () => {
    const campaignId = await world.addCampaign();
    const creatorId = await world.addCreator({ hasApp: true, addresses: { email: 'r@x.test' } });
    await say(creatorId, 'invite', campaignId);
    world.clock.advance(1_000);
    await post(creatorId, 'is it paid?');
    const { id: threadId, unread } = await threadOf(creatorId);
    expect(unread).toBe(1);
    world.clock.advance(1_000);
    const input = { threadId, memberId, text: 'It is', dedupeKey: newId() };
    const [reply, again] = await Promise.all([world.run((tx) => replyInThread(tx, input)), world.run((tx) => replyInThread(tx, input))]);
    expect(again.id).toBe(reply.id);
    await sendOne(world.db, { workspaceId: world.workspaceId, messageId: reply.id });
    const { data } = await world.run((tx) => listMessages(tx, threadId, { limit: 10 }));
    expect(data).toMatchObject([
      { text: 'It is', author: { id: memberId, name: 'Mo' }, campaignId, channel: 'in-app', status: 'sent', deliveries: [{ channel: 'in-app', attempts: 1 }] },
      { text: 'is it paid?', direction: 'in', author: null, campaignId, deliveries: [], readAt: expect.any(Date) },
      { text: 'invite', automatic: true },
    ]);
    expect(await threadOf(creatorId)).toMatchObject({ unread: 0, lastInboundChannel: 'in-app' });
  });

  test('over a chosen channel carries a subject; an unheard channel is refused by name', async () => {
    const creatorId = await world.addCreator({ hasApp: true, addresses: { email: 's@x.test' } });
    await say(creatorId, 'x');
    const { id: threadId } = await threadOf(creatorId);
    const reply = (channel: string) => world.run((tx) => replyInThread(tx, { threadId, memberId, text: 'y', channel, dedupeKey: newId() }));
    const { id } = await reply('email');
    await sendOne(world.db, { workspaceId: world.workspaceId, messageId: id });
    expect(mail.attempts.at(-1)).toMatchObject({ subject: 'Agency', text: 'y' });
    await expect(reply('pigeon')).rejects.toMatchObject({ code: 'invalid_fields' });
    await expect(world.run((tx) => replyInThread(tx, { threadId: newId(), memberId, text: 'y', dedupeKey: newId() }))).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the creator', () => {
  test('sees their own thread only, without what is on its way, and reads what went to the app', async () => {
    const creatorId = await world.addCreator({ hasApp: true });
    await say(await world.addCreator({ hasApp: true }), 'for somebody else');
    await say(creatorId, 'for you');
    world.clock.advance(1_000);
    await post(creatorId, 'thanks');
    app.answer = () => ({ outcome: 'not_sent', reason: 'busy', retryAfterMs: 60_000 });
    await say(creatorId, 'on its way');
    app.answer = (message) => accepted(message.id);
    const own = () => world.run((tx) => creatorThread(tx, creatorId, { limit: 10 }));
    expect((await own()).data).toMatchObject([{ from: 'me', text: 'thanks' }, { from: 'team', text: 'for you', readAt: null }]);
    expect(await world.run((tx) => markReadByCreator(tx, creatorId))).toBe(1);
    expect(await world.run((tx) => markReadByCreator(tx, creatorId))).toBe(0);
    expect((await own()).data[1]).toMatchObject({ readAt: expect.any(Date) });
    const { id } = await threadOf(creatorId);
    await world.run((tx) => markThreadRead(tx, id));
    expect(await threadOf(creatorId)).toMatchObject({ unread: 0 });
  });
});

test('a campaign tells who got which message over which channel, newsletters included', async () => {
  const campaignId = await world.addCampaign();
  const [withApp, withMail, without] = [
    await world.addCreator({ hasApp: true, newsletter: true }), await world.addCreator({ addresses: { email: 'w@x.test' } }), await world.addCreator(),
  ];
  await say(withMail, 'invite', campaignId);
  await say(without, 'invite', campaignId);
  world.clock.advance(1_000);
  const { broadcastId } = await world.run((tx) =>
    queueBroadcast(tx, {
      kind: 'newsletter', dedupeKey: newId(), purpose: 'newsletter', automatic: true, recipients: [{ creatorId: withApp, texts: { text: 'news' } }],
    }),
  );
  const digestId = newId();
  await world.rows(`insert into digest (id, workspace_id, created_at, due_at, day_key, status, broadcast_id) values (?, ?, now(), now(), ?, 'sent', ?)`, [
    digestId, world.workspaceId, newId(), broadcastId,
  ]);
  await world.rows('insert into digest_campaign (id, workspace_id, created_at, digest_id, campaign_id, tolerance_ms) values (?, ?, now(), ?, ?, 0)', [
    newId(), world.workspaceId, digestId, campaignId,
  ]);
  await sendBatch(world.db, { workspaceId: world.workspaceId, broadcastId });
  const { data } = await world.run((tx) => listCampaignMessages(tx, campaignId, { limit: 10 }));
  expect(data.map(({ creator, kind, channel, status, code }) => [creator.id, kind, channel, status, code])).toEqual(expect.arrayContaining([
    [withApp, 'newsletter', 'in-app', 'sent', null], [withMail, 'invite', 'email', 'sent', null], [without, 'invite', null, 'failed', 'no_address'],
  ]));
  expect(data).toHaveLength(3);
  expect(await world.run((tx) => getBroadcast(tx, broadcastId))).toMatchObject({ status: 'done', total: 1, counts: { sent: 1, failed: 0 } });
  expect((await world.run((tx) => listBroadcastMessages(tx, broadcastId, { limit: 10 }, 'sent'))).data).toHaveLength(1);
  await expect(world.run((tx) => listCampaignMessages(tx, newId(), { limit: 10 }))).rejects.toMatchObject({ code: 'not_found' });
});

test('a notice is told once, listed worded, and settled once', async () => {
  const tell = () => world.run((tx) => tellTeam(tx, { kind: 'story-failed', dedupeKey: 'story', data: { name: 'Spring', reason: 'x\0' }, asks: true }));
  expect(await tell()).toEqual(await tell());
  const { noticeId } = await tell();
  const { data } = await world.run((tx) => listNotices(tx, { limit: 10 }, { status: 'open', kind: 'story-failed' }));
  expect(data).toMatchObject([{ id: noticeId, status: 'open', text: expect.stringContaining('Spring') }]);
  const [one, other] = await Promise.all([world.run((tx) => markNoticeDone(tx, noticeId)), world.run((tx) => markNoticeDone(tx, noticeId))]);
  expect([one.status, other.status]).toEqual(['done', 'done']);
  expect(await world.rows(`select 1 from audit_entry where action = 'notice.answered' and entity_id = ?`, [noticeId])).toHaveLength(1);
  await expect(world.run((tx) => markNoticeDone(tx, newId()))).rejects.toMatchObject({ code: 'not_found' });
});

describe('personal links', () => {
  test('reach the creator by every way, and nobody else: not the team’s views, not the tables', async () => {
    const creatorId = await world.addCreator({ name: 'Lin', addresses: { email: 'lin@x.test' } });
    const other = await world.addCreator({ name: 'Oz', addresses: { email: 'oz@x.test' } });
    const link = () => `https://sevenfold.test/a/${newToken('sfl').token}`;
    const [one, two, three] = [link(), link(), link()];
    mail.attempts.length = 0;
    await say(creatorId, `Sign here: ${one}`);
    const { broadcastId } = await world.run((tx) => queueBroadcast(tx, {
      kind: 'congratulations', dedupeKey: newId(), purpose: 'notice', automatic: true,
      recipients: [{ creatorId, texts: { text: `Yours: ${two}` } }, { creatorId: other, texts: { text: `Yours: ${three}` } }],
    }));
    await sendBatch(world.db, { workspaceId: world.workspaceId, broadcastId });
    expect(mail.attempts.map(({ text }) => text).sort()).toEqual([`Sign here: ${one}`, `Yours: ${two}`, `Yours: ${three}`].sort());
    await post(creatorId, `> ${one}\nThis does not open`);

    const thread = await threadOf(creatorId);
    const page = { limit: 10 };
    const team = await world.run(async (tx) => [thread, await listMessages(tx, thread.id, page), await listBroadcastMessages(tx, broadcastId, page)]);
    expect(JSON.stringify(team)).toContain('Sign here: [personal link]');
    expect(JSON.stringify(team)).not.toContain('sfl_');
    const own = await world.run((tx) => creatorThread(tx, creatorId, page));
    expect(own.data.map(({ text }) => text)).toEqual([`> ${one}\nThis does not open`, `Yours: ${two}`, `Sign here: ${one}`]);
    const kept = await world.rows('select m::text, encode(m.sealed_links, \'escape\') as sealed from message m where creator_id in (?, ?)', [creatorId, other]);
    expect(kept).toHaveLength(4);
    expect(JSON.stringify(kept)).not.toContain('sfl_');
    // Moved to another message, what is sealed opens nothing.
    await world.rows('update message set sealed_links = (select sealed_links from message where creator_id = ? and kind = ?) where creator_id = ? and kind = ?', [
      creatorId, 'invite', creatorId, 'congratulations',
    ]);
    await expect(world.run((tx) => creatorThread(tx, creatorId, page))).rejects.toMatchObject({ code: 'not_authentic' });
  });
});
