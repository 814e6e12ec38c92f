import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@sevenfold/platform/ids';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { changeMember, removeMember } from '../../team/index.js';
import { assignThread, countThreads, getThread, listThreads, markThreadRead, markThreadUnread, moveMessage, needsNoAnswer, postAsCreator, queueMessage, replyInThread, sendOne, snoozeThread, wakeThread } from '../index.js';

const app = fakeChannel({ channel: 'in-app', traits: { needsAppSession: true, repeatHarmless: true } });
const mail = fakeChannel({ channel: 'email', traits: { rich: true } });
let world: MessagingWorld;
let memberId: string;
let reviewerId: string;
beforeAll(async () => {
  world = await messagingWorld([app, mail, fakeChannel({ channel: 'sms' })]);
  memberId = await member('member');
  reviewerId = await member('client-reviewer');
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

async function member(role: string): Promise<string> {
  const id = newId();
  await world.rows(`insert into member (id, workspace_id, created_at, name, email, role) values (?, ?, now(), 'Mo', ?, ?)`, [id, world.workspaceId, `${id}@x.test`, role]);
  return id;
}
/** A creator who has written, and their thread. */
async function writer(text = 'hello'): Promise<{ creatorId: string; threadId: string }> {
  const creatorId = await world.addCreator({ hasApp: true, addresses: { email: `${newId()}@x.test` } });
  const threadId = await post(creatorId, text);
  return { creatorId, threadId };
}
const post = async (creatorId: string, text: string) => {
  world.clock.advance(1_000);
  await world.run((tx) => postAsCreator(tx, { creatorId, text }));
  return (await world.run((tx) => listThreads(tx, { limit: 1 }, { creatorId }))).data[0]?.id ?? '';
};
const thread = (id: string) => world.run((tx) => getThread(tx, id));
const ids = async (filter: object) => (await world.run((tx) => listThreads(tx, { limit: 200 }, filter))).data.map(({ id }) => id);

describe('waiting for us', () => {
  test('begins with the first unanswered message, and ends with a reply of a person, not with what the product writes', async () => {
    const { creatorId, threadId } = await writer();
    const since = (await thread(threadId)).waitingSince;
    expect(since).toBe((await world.clock.now()).toISOString());
    await post(creatorId, 'are you there?');
    await world.run((tx) => queueMessage(tx, { creatorId, kind: 'bummer', texts: { text: 'x' }, dedupeKey: newId(), automatic: true, purpose: 'notice' }));
    expect((await thread(threadId)).waitingSince).toEqual(since);
    expect(await ids({ waiting: true })).toContain(threadId);
    await world.run((tx) => replyInThread(tx, { threadId, memberId, text: 'Yes', dedupeKey: newId() }));
    expect((await thread(threadId)).waitingSince).toBeNull();
    expect(await ids({ waiting: true })).not.toContain(threadId);
  });

  test('ends when somebody says that no answer is needed, once on record', async () => {
    const { threadId } = await writer('thanks!');
    await world.run((tx) => needsNoAnswer(tx, threadId));
    await world.run((tx) => needsNoAnswer(tx, threadId));
    expect((await thread(threadId)).waitingSince).toBeNull();
    expect(await world.rows(`select id from audit_entry where action = 'thread.needs-no-answer' and entity_id = ?`, [threadId])).toHaveLength(1);
  });
});

describe('a thread', () => {
  test('is given to a member who reads the inbox, and back to nobody', async () => {
    const { threadId } = await writer();
    expect((await world.run((tx) => assignThread(tx, threadId, memberId))).assignee).toEqual({ id: memberId, name: 'Mo' });
    expect(await ids({ assignee: memberId })).toEqual([threadId]);
    expect(await ids({ assignee: 'none' })).not.toContain(threadId);
    for (const nobody of [reviewerId, newId()]) {
      await expect(world.run((tx) => assignThread(tx, threadId, nobody))).rejects.toMatchObject({ code: 'invalid_fields' });
    }
    await world.run((tx) => assignThread(tx, threadId, null));
    expect(await ids({ assignee: 'none' })).toContain(threadId);
    await expect(world.run((tx) => assignThread(tx, newId(), memberId))).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is nobody’s again when its member leaves the team, or no longer reads the inbox', async () => {
    for (const leave of [
      (id: string) => world.run((tx) => removeMember(tx, id)),
      async (id: string) => {
        const clientId = newId();
        await world.rows(`insert into client (id, workspace_id, created_at, name) values (?, ?, now(), 'Reviewed')`, [clientId, world.workspaceId]);
        await world.run((tx) => changeMember(tx, id, { role: 'client-reviewer', clientId }));
      },
    ]) {
      const [leaver, threads] = [await member('manager'), [await writer(), await writer()]];
      for (const { threadId } of threads) await world.run((tx) => assignThread(tx, threadId, leaver));
      await world.run((tx) => changeMember(tx, leaver, { role: 'member' })); // still reads it
      const before = await thread(threads[0]?.threadId ?? '');
      expect(before.assignee).not.toBeNull();
      await leave(leaver);
      const free = await ids({ assignee: 'none' });
      for (const { threadId } of threads) expect(free).toContain(threadId);
      const after = await thread(before.id);
      expect(after).toMatchObject({ assignee: null, version: before.version + 1 });
      expect(await world.rows(`select 1 from live_hint where entity = 'thread' and entity_id = ? and version = ?`, [before.id, after.version])).toHaveLength(1);
    }
  });

  test('is not given to somebody who is leaving at that moment', async () => {
    const [leaver, { threadId }] = [await member('member'), await writer()];
    let given: Promise<unknown> | undefined;
    await world.run(async (tx) => {
      await removeMember(tx, leaver);
      given = world.run((other) => assignThread(other, threadId, leaver)).catch((error: { code: string }) => error.code);
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    expect(await given).toBe('invalid_fields');
    expect((await thread(threadId)).assignee).toBeNull();
  });

  test('sleeps until its time, or until the creator writes', async () => {
    const { creatorId, threadId } = await writer();
    const until = new Date((await world.clock.now()).getTime() + 3_600_000);
    await world.run((tx) => snoozeThread(tx, threadId, until));
    expect(await ids({ snoozed: false })).not.toContain(threadId);
    expect(await ids({ snoozed: true })).toEqual([threadId]);
    expect(await world.rows(`select id from due_item where ref_id = ? and kind = 'thread.wake' and due_at = ?`, [threadId, until])).toHaveLength(1);
    const call = { id: newId(), kind: 'thread.wake', refId: threadId, dueAt: until };
    expect(await world.run((tx) => wakeThread(tx, call))).toMatch('sleeps on');
    await post(creatorId, 'one more thing');
    expect((await thread(threadId)).snoozedUntil).toBeNull();
    const later = new Date((await world.clock.now()).getTime() + 3_600_000);
    await world.run((tx) => snoozeThread(tx, threadId, later));
    world.clock.advance(3_600_000);
    expect(await ids({ snoozed: false })).toContain(threadId); // even before the sweeper comes
    expect(await world.run((tx) => wakeThread(tx, call))).toBe('woken');
    expect(await thread(threadId)).toMatchObject({ snoozedUntil: null, unread: 2 });
    await expect(world.run((tx) => snoozeThread(tx, threadId, new Date(0)))).rejects.toMatchObject({ code: 'invalid_fields' });
  });

  test('is found by campaign, client and channel, also after its messages were moved', async () => {
    const { creatorId, threadId } = await writer();
    const [campaignId, next] = [await world.addCampaign(), await world.addCampaign()];
    const clientId = newId();
    await world.rows(`insert into client (id, workspace_id, created_at, name) values (?, ?, now(), 'Brand')`, [clientId, world.workspaceId]);
    await world.rows('update campaign set client_id = ? where id = ?', [clientId, campaignId]);
    const { messageId } = await world.run((tx) =>
      queueMessage(tx, { creatorId, campaignId, kind: 'chat', texts: { text: 'x' }, dedupeKey: newId(), automatic: false, purpose: 'conversation', preferredChannel: 'email' }),
    );
    expect(await ids({ campaignId })).toEqual([threadId]);
    expect(await ids({ clientId })).toEqual([threadId]);
    expect(await ids({ channel: 'email' })).toEqual([]);
    await sendOne(world.db, { workspaceId: world.workspaceId, messageId });
    expect(await ids({ campaignId, channel: 'email' })).toEqual([threadId]);
    expect(await ids({ campaignId, channel: 'sms' })).toEqual([]);
    await world.rows('update message set campaign_id = ? where id = ?', [next, messageId]);
    expect([await ids({ campaignId }), await ids({ clientId }), await ids({ campaignId: next })]).toEqual([[], [], [threadId]]);
    // In the order of the inbox, whatever came when.
    const later = await writer();
    await world.run((tx) => queueMessage(tx, { creatorId: later.creatorId, campaignId: next, kind: 'chat', texts: { text: 'y' }, dedupeKey: newId(), automatic: true, purpose: 'notice' }));
    expect(await ids({ campaignId: next })).toEqual([later.threadId, threadId]);
    await post(creatorId, 'z');
    expect(await ids({ campaignId: next })).toEqual([threadId, later.threadId]);
  });
});

test('the numbers beside the inbox count what is awake', async () => {
  const before = await world.run((tx) => countThreads(tx, memberId));
  const [mine, , sleeping] = [await writer(), await writer(), await writer()];
  await world.run((tx) => assignThread(tx, mine.threadId, memberId));
  await world.run((tx) => snoozeThread(tx, sleeping.threadId, new Date((tx.now).getTime() + 60_000)));
  const after = await world.run((tx) => countThreads(tx, memberId));
  expect(after).toEqual({ unread: before.unread + 2, waiting: before.waiting + 2, overdue: before.overdue, mine: before.mine + 1, nobodys: before.nobodys + 1, snoozed: before.snoozed + 1, most: 10_000 });
  world.clock.advance(24 * 3_600_000);
  const late = await world.run((tx) => countThreads(tx, memberId));
  expect(late.overdue).toBe((await ids({ overdue: true, snoozed: false })).length);
  expect(late.overdue).toBeGreaterThanOrEqual(before.overdue + 3); // the sleeping one is awake by now
  // A thread whose only message turned out to be somebody else's is listed nowhere, and counted nowhere.
  const emptied = await writer();
  const [message] = await world.rows<{ id: string }>('select id from message where thread_id = ?', [emptied.threadId]);
  await world.run((tx) => snoozeThread(tx, emptied.threadId, new Date(tx.now.getTime() + 60_000)));
  const { snoozed } = await world.run((tx) => countThreads(tx, memberId));
  const to = await world.addCreator({ hasApp: true });
  await world.run((tx) => moveMessage(tx, { messageId: message?.id ?? '', creatorId: to }));
  expect((await world.run((tx) => countThreads(tx, memberId))).snoozed).toBe(snoozed - 1);
});

describe('marking a thread unread again', () => {
  test('lasts until somebody reads it; new messages count on from there, and nothing changes twice', async () => {
    const { creatorId, threadId } = await writer();
    await world.run((tx) => markThreadRead(tx, threadId));
    const { version } = await thread(threadId);
    await world.run((tx) => markThreadUnread(tx, threadId));
    await world.run((tx) => markThreadUnread(tx, threadId));
    expect(await thread(threadId)).toMatchObject({ unread: 1, version: version + 1 });
    expect(await ids({ unread: true })).toContain(threadId);
    await post(creatorId, 'more');
    expect((await thread(threadId)).unread).toBe(2);
    await world.run((tx) => markThreadRead(tx, threadId));
    expect(await ids({ unread: true })).not.toContain(threadId);
    await expect(world.run((tx) => markThreadUnread(tx, newId()))).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('an unknown channel is refused with those there are; one that was configured once is found while it has threads', async () => {
  const { creatorId, threadId } = await writer();
  const other = await world.addWorkspace();
  await expect(ids({ channel: 'pager' })).rejects.toMatchObject({
    code: 'invalid_fields', details: { fields: [{ path: 'channel', message: 'There is no such channel; there are: in-app, email, sms' }] },
  });
  await world.rows(`update message set channel = 'pager' where creator_id = ?`, [creatorId]);
  expect(await ids({ channel: 'pager' })).toEqual([threadId]);
  const elsewhere = world.db.reading({ ...world.scope, workspaceId: other }, (tx) => listThreads(tx, { limit: 1 }, { channel: 'pager' }));
  await expect(elsewhere).rejects.toMatchObject({ code: 'invalid_fields' });
});
