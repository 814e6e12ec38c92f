import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogger } from '@sevenfold/platform/logging';
import { newId } from '@sevenfold/platform/ids';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { insertApplication } from '../applications/insert-application.js';
import { sweepDue } from '../engine/index.js';
import { postAsCreator, recordConsent } from '../inbox/index.js';
import { changeSavedReply, createSavedReply, fillSavedReply } from '../saved-replies/index.js';
import { archiveSequence, changeSequence, createSequence, getSequence, listRuns, runStep, startRuns, stopRun, type Step } from './index.js';

const app = fakeChannel({ channel: 'in-app', traits: { needsAppSession: true, repeatHarmless: true } });
const mail = fakeChannel({ channel: 'email', traits: { rich: true } });
const hour = 3_600_000;
let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([app, mail]);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => world.clock.advance(1_000));

let names = 0;
const step = (afterHours: number, text: string, more: Partial<Step> = {}): Step => ({ afterHours, onlyIf: 'always', channel: null, texts: { text }, ...more });
const sequence = (...steps: Step[]) => world.run(async (tx) => (await createSequence(tx, { name: `S${(names += 1)}`, steps })).sequenceId);
const creator = (name = 'Ana Ruiz') => world.addCreator({ name, hasApp: true });
const start = async (sequenceId: string, creatorIds: string[], campaignId: string | null = null) => world.run((tx) => startRuns(tx, { sequenceId, creatorIds, campaignId }));
const sweep = () => sweepDue({ system: world.system, db: world.db, logger: createLogger({ name: 'test', level: 'silent' }), handlers: { 'sequence.step': runStep } });
const after = async (hours: number) => {
  world.clock.advance(hours * hour);
  await sweep();
};
const heard = async (creatorId: string) =>
  (await world.rows<{ text: string }>(`select text from message where creator_id = ? and direction = 'out' order by created_at, id`, [creatorId])).map(({ text }) => text);
const run = async (creatorId: string) => (await world.run((tx) => listRuns(tx, { limit: 10 }, { creatorId }))).data[0];

describe('a sequence', () => {
  test('sends its steps at their times, each once, however many sweepers there are', async () => {
    const id = await sequence(step(0, 'Hi {{creator.firstName}}'), step(24, 'Still there?'), step(48, 'Last one'));
    const [one, other] = [await creator(), await creator('Bo')];
    expect((await start(id, [one, other, one])).started).toHaveLength(2);
    await Promise.all([sweep(), sweep()]);
    expect(await heard(one)).toEqual(['Hi Ana']);
    await after(23);
    expect(await heard(one)).toHaveLength(1);
    world.clock.advance(hour);
    await Promise.all([sweep(), sweep(), sweep()]);
    expect(await heard(one)).toEqual(['Hi Ana', 'Still there?']);
    await after(48);
    await after(1_000);
    expect([await heard(one), await heard(other)]).toEqual([['Hi Ana', 'Still there?', 'Last one'], ['Hi Bo', 'Still there?', 'Last one']]);
    expect(await run(one)).toMatchObject({ status: 'done', sent: 3, skipped: 0, nextAt: null, stopReason: null });
    expect((await world.run((tx) => getSequence(tx, id))).runs).toEqual({ running: 0, done: 2, stopped: 0 });
  });

  test('has a creator once at a time, and again when it is over', async () => {
    const id = await sequence(step(1, 'x'));
    const ana = await creator();
    await start(id, [ana]);
    const [again, nobody] = [await start(id, [ana]), newId()];
    expect(again).toEqual({ started: [], skipped: [{ creatorId: ana, reason: 'running' }] });
    expect((await start(id, [nobody])).skipped).toEqual([{ creatorId: nobody, reason: 'not_found' }]);
    await after(1);
    expect((await start(id, [ana])).started).toHaveLength(1);
  });

  test('goes on as it began when it is changed or archived, which a newcomer feels', async () => {
    const id = await sequence(step(1, 'old'));
    const ana = await creator();
    await start(id, [ana]);
    await world.run((tx) => changeSequence(tx, id, 1, { steps: [step(1, 'new')] }));
    await expect(world.run((tx) => changeSequence(tx, id, 1, { name: 'late' }))).rejects.toMatchObject({ code: 'conflict' });
    const bo = await creator('Bo');
    await start(id, [bo]);
    await world.run((tx) => archiveSequence(tx, id));
    await expect(start(id, [await creator()])).rejects.toMatchObject({ code: 'wrong_state' });
    await after(1);
    expect([await heard(ana), await heard(bo)]).toEqual([['old'], ['new']]);
  });

  test.each([
    ['reply', async (creatorId: string): Promise<void> => {
      await world.run((tx) => postAsCreator(tx, { creatorId, text: 'hello' }));
    }],
    ['opt_out', async (creatorId: string): Promise<void> => {
      const [point] = await world.rows<{ address_hash: string }>('select address_hash from contact_point where creator_id = ?', [creatorId]);
      await world.run((tx) => recordConsent(tx, { channel: 'email', sender: 'x', addressHash: point?.address_hash ?? '', state: 'out', source: 'unsubscribe', at: tx.now }));
    }],
    ['by_hand', async (creatorId: string): Promise<void> => {
      const { id = '' } = (await run(creatorId)) ?? {};
      await world.run((tx) => stopRun(tx, id));
    }],
  ] as const)('ends with %s', async (reason, happens) => {
    const id = await sequence(step(0, 'one'), step(1, 'two'));
    const ana = await world.addCreator({ hasApp: true, addresses: { email: `${newId()}@x.test` } });
    const neighbour = await creator();
    await start(id, [ana, neighbour]);
    await sweep();
    await world.rows(`update message set status = 'sent' where creator_id = ?`, [ana]);
    await happens(ana);
    await after(2);
    expect(await heard(ana)).toEqual(['one']);
    expect(await heard(neighbour)).toEqual(['one', 'two']);
    expect(await run(ana)).toMatchObject({ status: 'stopped', stopReason: reason, sent: 1 });
  });

  test('ends with an application for its campaign, not for another', async () => {
    const [mine, other] = [await world.addCampaign(), await world.addCampaign()];
    const id = await sequence(step(1, 'two'));
    const [applies, elsewhere] = [await creator(), await creator()];
    await start(id, [applies, elsewhere], mine);
    await world.run((tx) => insertApplication(tx, { campaignId: mine, creatorId: applies, source: 'applied', profileIds: [] }));
    await world.run((tx) => insertApplication(tx, { campaignId: other, creatorId: elsewhere, source: 'applied', profileIds: [] }));
    await after(1);
    expect([(await run(applies))?.stopReason, await heard(applies), await heard(elsewhere)]).toEqual(['application', [], ['two']]);
  });

  test('leaves a step out whose condition does not hold', async () => {
    const id = await sequence(step(0, 'one'), step(1, 'unread?', { onlyIf: 'not-read' }), step(1, 'you have read it', { onlyIf: 'read' }), step(1, 'end'));
    const [reader, other] = [await creator(), await creator()];
    await start(id, [reader, other]);
    await sweep();
    await world.rows(`update message set status = 'read', read_at = now() where creator_id = ?`, [reader]);
    await after(1);
    await after(1);
    await after(1);
    expect(await heard(reader)).toEqual(['one', 'you have read it', 'end']);
    expect(await heard(other)).toEqual(['one', 'unread?', 'end']);
    expect(await run(reader)).toMatchObject({ sent: 3, skipped: 1, status: 'done' });
  });

  test('waits while its campaign is paused, and ends with a variable that has no value', async () => {
    const campaignId = await world.addCampaign({ paused: true });
    const id = await sequence(step(0, 'x'));
    const ana = await creator();
    await start(id, [ana], campaignId);
    await after(1);
    expect([await heard(ana), (await run(ana))?.status]).toEqual([[], 'running']);
    await world.rows('update campaign set paused_at = null where id = ?', [campaignId]);
    await after(1);
    expect(await heard(ana)).toEqual(['x']);
    const missing = await sequence(step(0, 'from {{creator.country}}'));
    const bo = await creator();
    await start(missing, [bo]);
    await sweep();
    expect(await run(bo)).toMatchObject({ status: 'stopped', stopReason: 'missing_variable', sent: 0 });
  });

  test('is refused by field and step', async () => {
    const steps = [step(0, '{{creator.nmae}}'), step(1, '{{#if'), step(1, 'x', { channel: 'pigeon' })];
    await expect(sequence(...steps)).rejects.toMatchObject({
      code: 'invalid_fields',
      details: { fields: [{ path: 'steps.0.texts.text' }, { path: 'steps.1.texts.text' }, { path: 'steps.2.channel' }] },
    });
  });
});

describe('a saved reply', () => {
  test('is filled for the creator of a thread, names what is missing, and is changed by one at a time', async () => {
    const ana = await creator('Ana Ruiz');
    await world.run((tx) => postAsCreator(tx, { creatorId: ana, text: 'hi' }));
    const [thread] = await world.rows<{ id: string }>('select id from thread where creator_id = ?', [ana]);
    const memberId = newId();
    await world.rows(`insert into member (id, workspace_id, created_at, name, email, role) values (?, ?, now(), 'Mo', ?, 'member')`, [memberId, world.workspaceId, `${memberId}@x.test`]);
    const { id } = await world.run((tx) => createSavedReply(tx, { name: 'Thanks', text: 'Thank you, {{creator.firstName}}! {{member.name}}', subject: null }));
    const fill = () => world.run((tx) => fillSavedReply(tx, { savedReplyId: id, threadId: thread?.id ?? '', memberId }));
    expect(await fill()).toEqual({ text: 'Thank you, Ana! Mo', subject: null });
    await world.run((tx) => changeSavedReply(tx, id, 1, { text: 'About {{campaign.name}}' }));
    await expect(fill()).rejects.toMatchObject({ code: 'missing_variables', details: { variables: ['campaign.name'] } });
    await expect(world.run((tx) => changeSavedReply(tx, id, 1, { text: 'x' }))).rejects.toMatchObject({ code: 'conflict' });
    await expect(world.run((tx) => createSavedReply(tx, { name: 'thanks', text: 'x', subject: null }))).rejects.toMatchObject({ details: { fields: [{ path: 'name' }] } });
    await expect(world.run((tx) => createSavedReply(tx, { name: 'Bad', text: '{{nobody}}', subject: null }))).rejects.toMatchObject({ details: { fields: [{ path: 'text' }] } });
  });
});
