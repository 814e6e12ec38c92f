import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLogger } from '@sevenfold/platform/logging';
import { newId } from '@sevenfold/platform/ids';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { sweepDue } from '../../engine/index.js';
import { botNotice, listNotices } from '../../notices/index.js';
import { removeMember } from '../../team/index.js';
import { changeWorkspace } from '../../workspaces/index.js';
import { assignThread, getThread, listThreads, moveMessage, needsNoAnswer, postAsCreator, queueMessage, replyClockDueHandlers, replyInThread, snoozeThread } from '../index.js';

const app = fakeChannel({ channel: 'in-app', traits: { needsAppSession: true, repeatHarmless: true } });
const hour = 3_600_000;
let world: MessagingWorld;
let memberId: string;
beforeAll(async () => {
  world = await messagingWorld([app]);
  memberId = newId();
  await world.rows(
    `insert into member (id, workspace_id, created_at, name, email, role, slack_team_id, slack_user_id) values (?, ?, now(), 'Mo', 'mo@x.test', 'member', 'T1', 'U12345678')`,
    [memberId, world.workspaceId],
  );
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const post = async (creatorId: string, text = 'hello') => {
  await world.run((tx) => postAsCreator(tx, { creatorId, text }));
  return (await world.run((tx) => listThreads(tx, { limit: 1 }, { creatorId }))).data[0]?.id ?? '';
};
const sweep = () => sweepDue({ system: world.system, db: world.db, logger: createLogger({ name: 'test', level: 'silent' }), handlers: replyClockDueHandlers });
const after = async (ms: number) => {
  world.clock.advance(ms);
  await sweep();
};
const notices = async (threadId: string) =>
  (await world.run((tx) => listNotices(tx, { limit: 50 }))).data.filter(({ refId }) => refId === threadId).map(({ kind, status, forMemberId }) => [kind, status, forMemberId]).reverse();

describe('the reply clock', () => {
  test('reminds four hours before the end and once more when overdue; a reply settles both', async () => {
    const creatorId = await world.addCreator({ name: 'Ana', hasApp: true });
    const threadId = await post(creatorId);
    await after(19 * hour);
    await post(creatorId, 'hello?'); // no new clock
    expect(await notices(threadId)).toEqual([]);
    await after(hour);
    await sweep();
    expect(await notices(threadId)).toEqual([['reply-due', 'open', null]]);
    expect((await world.run((tx) => listThreads(tx, { limit: 5 }, { overdue: true }))).data).toEqual([]);
    await after(4 * hour);
    expect(await notices(threadId)).toEqual([['reply-due', 'open', null], ['reply-overdue', 'open', null]]);
    expect((await world.run((tx) => listThreads(tx, { limit: 5 }, { overdue: true }))).data).toMatchObject([{ id: threadId }]);
    const [notice] = (await world.run((tx) => listNotices(tx, { limit: 1 }))).data;
    expect(notice?.text).toBe('Ana has waited for an answer since Monday, November 23, 2026 at 10:00 AM (Europe/Amsterdam); it was due Tuesday, November 24, 2026 at 10:00 AM (Europe/Amsterdam).');
    await world.run((tx) => replyInThread(tx, { threadId, memberId, text: 'Yes?', dedupeKey: newId() }));
    expect((await notices(threadId)).map(([, status]) => status)).toEqual(['done', 'done']);
    expect(await world.run((tx) => getThread(tx, threadId))).toMatchObject({ waitingSince: null, replyDueAt: null });
    await after(100 * hour);
    expect(await notices(threadId)).toHaveLength(2);
  });

  test('is for the assignee where there is one, in Slack as a direct message', async () => {
    const threadId = await post(await world.addCreator({ name: 'Bo', hasApp: true }));
    await world.run((tx) => assignThread(tx, threadId, memberId));
    await after(20 * hour);
    expect(await notices(threadId)).toEqual([['reply-due', 'open', memberId]]);
    const [row] = await world.rows<{ id: string }>('select id from notice where ref_id = ?', [threadId]);
    expect(await world.run((tx) => botNotice(tx, row?.id ?? ''))).toMatchObject({ channelId: 'U12345678', text: expect.stringMatching(/, and is Mo’s to give\.$/) });
  });

  test('says after an outage that the answer is overdue, and not that it is due', async () => {
    const threadId = await post(await world.addCreator({ name: 'Eve', hasApp: true }));
    await after(30 * hour);
    expect(await notices(threadId)).toEqual([['reply-overdue', 'open', null]]);
  });

  test('runs on while the thread is snoozed', async () => {
    const threadId = await post(await world.addCreator({ name: 'Flo', hasApp: true }));
    await world.run((tx) => snoozeThread(tx, threadId, new Date(tx.now.getTime() + 100 * hour)));
    await after(20 * hour);
    await after(4 * hour);
    expect((await notices(threadId)).map(([kind]) => kind)).toEqual(['reply-due', 'reply-overdue']);
  });

  test('goes with the thread: who is to answer now has the reminder, and hears when it is overdue', async () => {
    const other = newId();
    await world.rows(`insert into member (id, workspace_id, created_at, name, email, role) values (?, ?, now(), 'Ray', 'ray@x.test', 'member')`, [other, world.workspaceId]);
    const threadId = await post(await world.addCreator({ name: 'Cy', hasApp: true }));
    await world.run((tx) => assignThread(tx, threadId, memberId));
    await after(20 * hour);
    await world.run((tx) => assignThread(tx, threadId, other));
    expect(await notices(threadId)).toEqual([['reply-due', 'open', other]]);
    expect((await world.run((tx) => listNotices(tx, { limit: 1 }, { forMemberId: other }))).data[0]?.text).toMatch(/, and is Ray’s to give\.$/);
    await world.run((tx) => removeMember(tx, other));
    expect(await notices(threadId)).toEqual([['reply-due', 'open', null]]);
    await after(4 * hour);
    expect(await notices(threadId)).toEqual([['reply-due', 'open', null], ['reply-overdue', 'open', null]]);
    expect((await world.run((tx) => listNotices(tx, { limit: 1 }))).data[0]?.text).not.toMatch(/to give/);
  });

  test('runs again when its message was moved away by mistake, and back', async () => {
    const creatorId = await world.addCreator({ name: 'Di', hasApp: true });
    const threadId = await post(creatorId);
    const [message] = await world.rows<{ id: string }>('select id from message where thread_id = ?', [threadId]);
    const move = async (to: string) => world.run((tx) => moveMessage(tx, { messageId: message?.id ?? '', creatorId: to }));
    await after(hour);
    await move(await world.addCreator({ hasApp: true }));
    await after(20 * hour); // its reminder found nobody waiting
    expect(await notices(threadId)).toEqual([]);
    await move(creatorId);
    await after(0);
    expect(await notices(threadId)).toEqual([['reply-due', 'open', null]]);
    await after(3 * hour);
    expect(await notices(threadId)).toEqual([['reply-due', 'open', null], ['reply-overdue', 'open', null]]);
  });

  test('is stopped by “no answer needed”, not by what the product writes or a message to many; a new message starts a new one', async () => {
    const creatorId = await world.addCreator({ hasApp: true });
    const threadId = await post(creatorId);
    for (const broadcast of [true, false]) {
      await world.run((tx) =>
        queueMessage(tx, { creatorId, kind: broadcast ? 'chat' : 'bummer', texts: { text: 'x' }, dedupeKey: newId(), automatic: true, purpose: 'notice', authorMemberId: broadcast ? memberId : null }));
    }
    expect((await world.run((tx) => getThread(tx, threadId))).replyDueAt).not.toBeNull();
    await after(10 * hour);
    await world.run((tx) => needsNoAnswer(tx, threadId));
    await after(hour);
    await post(creatorId, 'again');
    await after(19 * hour); // 30 hours after the first, 19 after the second
    expect(await notices(threadId)).toEqual([]);
    await after(hour);
    expect(await notices(threadId)).toEqual([['reply-due', 'open', null]]);
  });

  test('runs in working hours where the workspace sets them', async () => {
    await world.run((tx) => changeWorkspace(tx, { replyRule: { hours: 8, working: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' } } }));
    const friday = new Date('2026-12-04T15:00:00Z'); // 16:00 in Amsterdam
    world.clock.advance(friday.getTime() - (await world.clock.now()).getTime());
    const threadId = await post(await world.addCreator({ hasApp: true }));
    expect((await world.run((tx) => getThread(tx, threadId))).replyDueAt).toBe('2026-12-07T15:00:00.000Z');
    await after(60 * hour);
    expect(await notices(threadId)).toEqual([]);
    await after(8 * hour + 1);
    expect(await notices(threadId)).toEqual([['reply-due', 'open', null]]);
  });
});
