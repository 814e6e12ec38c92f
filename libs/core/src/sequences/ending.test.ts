import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogger } from '@sevenfold/platform/logging';
import { newId } from '@sevenfold/platform/ids';
import { accepted, notSent, rejected } from '@sevenfold/plugin-sdk';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { insertApplication } from '../applications/insert-application.js';
import { Campaign } from '../campaigns/campaign.entity.js';
import { cancel } from '../campaigns/commands/cancel.js';
import { finish } from '../campaigns/commands/finish.js';
import { removeCreator } from '../creators/remove-creator.js';
import { sweepDue } from '../engine/index.js';
import { postAsCreator, recordConsent } from '../inbox/index.js';
import { unsubscribe } from '../inbox/consent/newsletter-word.js';
import { fallThrough } from '../inbox/fall-through/fall-through.js';
import { addInbound } from '../inbox/inbound/add-inbound.js';
import { moveMessage } from '../inbox/threads/move-message.js';
import { sendOne } from '../inbox/sending/send-one.js';
import { saveTemplate } from '../templates/index.js';
import { archiveSequence, changeSequence, createSequence, listRuns, runStep, startRuns, stopRun, stopSequence, type Step } from './index.js';

const app = fakeChannel({ channel: 'in-app', traits: { needsAppSession: true, repeatHarmless: true } });
const mail = fakeChannel({ channel: 'email', traits: { rich: true, takesUnread: true } });
const sms = fakeChannel({ channel: 'sms', traits: { disturbs: true, repeatCostsMoney: true, bodyTemplate: 'short' } });
const hour = 3_600_000;
let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([app, mail, sms]);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const channel of [app, mail, sms]) channel.answer = (message) => accepted(message.id);
  await at('2026-12-01T10:00:00Z');
});

/** In Amsterdam it is an hour later. */
const at = async (instant: string) => world.clock.advance(Date.parse(instant) - (await world.clock.now()).getTime());
const night = () => at('2026-12-01T21:30:00Z');
const morning = () => at('2026-12-02T10:00:00Z');

let names = 0;
const step = (afterHours: number, text: string, more: Partial<Step> = {}): Step => ({ afterHours, onlyIf: 'always', channel: null, texts: { text }, ...more });
const sequence = (...steps: Step[]) => world.run(async (tx) => (await createSequence(tx, { name: `E${(names += 1)}`, steps })).sequenceId);
const start = async (sequenceId: string, creatorIds: string[], campaignId: string | null = null) => world.run((tx) => startRuns(tx, { sequenceId, creatorIds, campaignId }));
const sweep = () => sweepDue({ system: world.system, db: world.db, logger: createLogger({ name: 'test', level: 'silent' }), handlers: { 'sequence.step': runStep } });
const run = async (creatorId: string) => (await world.run((tx) => listRuns(tx, { limit: 10 }, { creatorId }))).data[0];
const texts = (channel: typeof sms) => channel.arrived.map(({ text }) => text);
interface Sent { id: string; status: string; code: string | null }
const messages = (creatorId: string) =>
  world.rows<Sent>(`select id, status, code from message where creator_id = ? and direction = 'out' order by created_at, id`, [creatorId]);
/** Does what the worker does for every message that is not settled. */
const sendAll = async (creatorId: string) => {
  for (const { id } of await messages(creatorId)) await sendOne(world.db, { workspaceId: world.workspaceId, messageId: id });
};
const someone = (addresses: Record<string, string>, hasApp = false) => world.addCreator({ name: 'Ana Ruiz', addresses, hasApp });
const number = () => `+31${String(Math.random()).slice(2, 11)}`;
const reply = (creatorId: string, more: { automatic?: boolean } = {}) =>
  world.run((tx) => addInbound(tx, { creatorId, channel: 'sms', text: 'hello', dedupeKey: newId(), ...more }));

describe('what a sequence has not sent yet when it ends', () => {
  test.each([
    ['a reply', async (creatorId: string): Promise<unknown> => reply(creatorId)],
    ['STOP', async (creatorId: string): Promise<unknown> => {
      const [point] = await world.rows<{ address_hash: string }>(`select address_hash from contact_point where creator_id = ? and channel = 'sms'`, [creatorId]);
      return world.run((tx) => recordConsent(tx, { channel: 'sms', sender: 'x', addressHash: point?.address_hash ?? '', state: 'out', source: 'reply', at: tx.now }));
    }],
    ['an application', async (creatorId: string): Promise<unknown> => {
      const campaignId = await world.addCampaign();
      return world.run((tx) => insertApplication(tx, { campaignId, creatorId, source: 'applied', profileIds: [] }));
    }],
  ] as const)('never leaves after %s: the last step too, which waits for the day', async (_, happens) => {
    const id = await sequence(step(0, `Still there? ${newId()}`));
    const ana = await someone({ sms: number() });
    await night();
    await start(id, [ana]);
    await sweep();
    await sendAll(ana);
    expect([(await run(ana))?.status, await messages(ana)]).toMatchObject(['done', [{ status: 'queued' }]]);
    const before = sms.arrived.length;
    await happens(ana);
    expect(await messages(ana)).toMatchObject([{ status: 'failed', code: 'cancelled' }]);
    expect(await run(ana)).toMatchObject({ status: 'done', sent: 0 });
    await morning();
    await sendAll(ana);
    expect(sms.arrived).toHaveLength(before);
  });

  test('never leaves after it was stopped by hand, one by one or all at once; others are left alone', async () => {
    const id = await sequence(step(0, 'one'), step(100, 'two'));
    const [ana, bo, cy] = [await someone({ sms: number() }), await someone({ sms: number() }), await someone({ sms: number() })];
    const other = await sequence(step(0, 'of another'));
    await night();
    await start(id, [ana, bo, cy]);
    await start(other, [cy]);
    await sweep();
    for (const each of [ana, bo, cy]) await sendAll(each);
    await world.run(async (tx) => stopRun(tx, (await run(ana))?.id ?? ''));
    expect(await world.run((tx) => stopSequence(tx, id))).toEqual({ stopped: 2 });
    expect(await world.run((tx) => stopSequence(tx, id))).toEqual({ stopped: 0 });
    await expect(world.run((tx) => stopSequence(tx, newId()))).rejects.toMatchObject({ code: 'not_found' });
    expect(await run(bo)).toMatchObject({ status: 'stopped', stopReason: 'by_hand', sent: 0 });
    sms.arrived.length = 0;
    await morning();
    for (const each of [ana, bo, cy]) await sendAll(each);
    expect(texts(sms)).toEqual([expect.stringContaining('of another')]);
  });

  test('is left to go when only a machine answered', async () => {
    const id = await sequence(step(0, 'one'));
    const ana = await someone({ sms: number() });
    await night();
    await start(id, [ana]);
    await sweep();
    await sendAll(ana);
    await reply(ana, { automatic: true });
    await morning();
    await sendAll(ana);
    expect(await messages(ana)).toMatchObject([{ status: 'sent' }]);
  });

  test('does not leave when the reply had come to somebody else and is moved to who wrote it; what began after it goes on', async () => {
    const [ana, bo] = [await someone({ sms: number() }), await someone({ sms: number() })];
    await start(await sequence(step(1, 'Still there?')), [ana]);
    world.clock.advance(hour / 2);
    const message = await reply(bo);
    world.clock.advance(hour / 4);
    const later = await start(await sequence(step(1, 'Something else')), [ana]);
    await world.run((tx) => moveMessage(tx, { messageId: message?.messageId ?? '', creatorId: ana }));
    await at('2026-12-01T14:00:00Z');
    await sweep();
    expect((await world.rows<{ text: string }>(`select text from message where creator_id = ? and direction = 'out'`, [ana])).map(({ text }) => text)).toEqual(['Something else']);
    const runs = (await world.run((tx) => listRuns(tx, { limit: 10 }, { creatorId: ana }))).data;
    expect(runs.map(({ id, stopReason }) => [id === later.started[0]?.runId, stopReason])).toEqual([[true, null], [false, 'reply']]);
  });

  test('is not tried again, nor on another channel, when the reply comes while it is handed over', async () => {
    const id = await sequence(step(0, 'one'), step(5, 'two'));
    const ana = await someone({ sms: number(), email: `${newId()}@x.test` });
    await start(id, [ana]);
    await sweep();
    mail.answer = async () => {
      await reply(ana);
      return notSent('busy', 60_000);
    };
    const [{ id: messageId } = { id: '' }] = await messages(ana);
    const before = [mail.attempts.length, sms.attempts.length];
    await sendOne(world.db, { workspaceId: world.workspaceId, messageId });
    mail.answer = (message) => accepted(message.id);
    world.clock.advance(hour);
    await sendOne(world.db, { workspaceId: world.workspaceId, messageId });
    expect((await messages(ana))[0]?.status).toBe('failed');
    expect([mail.attempts.length - (before[0] ?? 0), sms.attempts.length - (before[1] ?? 0)]).toEqual([1, 0]); // the one that was not taken
  });

  test('is not sent by mail for lying unread in the app, once they have answered', async () => {
    const id = await sequence(step(0, 'one'), step(50, 'two'));
    const [ana, bo] = [await someone({ email: `${newId()}@x.test` }, true), await someone({ email: `${newId()}@x.test` }, true)];
    await start(id, [ana, bo]);
    await sweep();
    for (const each of [ana, bo]) await sendAll(each);
    await reply(ana);
    world.clock.advance(4 * hour);
    const fall = async (creatorId: string) => world.run(async (tx) => fallThrough(tx, { refId: (await messages(creatorId))[0]?.id ?? '' }));
    expect([await fall(ana), await fall(bo)]).toEqual(['too late', 'to email']);
    expect((await messages(ana))[0]?.status).toMatch(/^(?:sent|delivered)$/);
  });

  test('a reply and a step at the same moment: nothing leaves after the reply', async () => {
    for (let round = 0; round < 12; round += 1) {
      const id = await sequence(step(1, 'one'), step(1, 'two'));
      const ana = await someone({ sms: number() });
      await start(id, [ana]);
      world.clock.advance(hour);
      await Promise.all([sweep(), sleep(round * 4).then(() => reply(ana)), sweep()]); // before, within and after the step's transaction
      const before = sms.arrived.length;
      await sendAll(ana);
      expect(sms.arrived).toHaveLength(before);
      expect((await run(ana))?.status).toBe('stopped');
    }
  });
});

describe('a step', () => {
  test('whose predecessor waits for the day keeps its distance to when that leaves', async () => {
    const id = await sequence(step(0, 'one'), step(2, 'two'));
    const ana = await someone({ sms: number() });
    await night();
    await start(id, [ana]);
    await sweep();
    await sendAll(ana);
    world.clock.advance(2 * hour);
    await sweep();
    expect(await messages(ana)).toHaveLength(1);
    const [held] = await world.rows<{ not_before: string }>('select d.not_before from delivery d join message m on m.id = d.message_id where m.creator_id = ?', [ana]);
    const opens = new Date(held?.not_before ?? 0);
    expect((await run(ana))?.nextAt).toEqual(new Date(opens.getTime() + 2 * hour));
    await at(opens.toISOString());
    await sendAll(ana);
    world.clock.advance(2 * hour);
    await sweep();
    expect(await messages(ana)).toHaveLength(2);
  });

  test('does not follow one that nobody could bring', async () => {
    const id = await sequence(step(0, 'one'), step(1, 'two', { onlyIf: 'not-read' }));
    const ana = await someone({ sms: number() });
    sms.answer = () => rejected('no_such_number', 'no such number');
    await start(id, [ana]);
    await sweep();
    await sendAll(ana);
    world.clock.advance(hour);
    await sweep();
    expect(await run(ana)).toMatchObject({ status: 'stopped', stopReason: 'unreachable', sent: 1 });
    expect(await messages(ana)).toHaveLength(1);
  });

  test('whose words cannot be read any more ends the run instead of being tried for ever', async () => {
    const partial = (version: number, text: string) => world.run((tx) => saveTemplate(tx, { key: 'partial.closing', expectedVersion: version, forms: { text } }));
    await partial(0, 'Yours');
    const id = await sequence(step(1, 'Hi {{> closing}}'));
    const ana = await someone({ sms: number() });
    await start(id, [ana]);
    await partial(1, '{{pet.name}}');
    world.clock.advance(hour);
    expect(await sweep()).toMatchObject({ failed: 0 });
    expect(await run(ana)).toMatchObject({ status: 'stopped', stopReason: 'missing_variable' });
  });

  test('cannot be the first and wait for one before it to be read', async () => {
    await expect(sequence(step(0, 'x', { onlyIf: 'read' }))).rejects.toMatchObject({ details: { fields: [{ path: 'steps.0.onlyIf' }] } });
  });
});

describe('a run ends', () => {
  test('with its creator, erased or removed without a trace', async () => {
    const id = await sequence(step(1, 'x'));
    const [fresh, known] = [await someone({}, true), await someone({}, true)];
    await start(id, [fresh, known]);
    await world.run((tx) => postAsCreator(tx, { creatorId: known, text: 'hi' }));
    await start(id, [known]);
    await world.run((tx) => removeCreator(tx, fresh));
    await world.run((tx) => removeCreator(tx, known));
    expect(await world.rows('select id from creator where id = ?', [fresh])).toEqual([]);
    expect(await run(known)).toMatchObject({ status: 'stopped', nextAt: null });
  });

  test.each([['published', cancel], ['started', finish]] as const)('with its campaign, at once; a %s one', async (status, over) => {
    const [id, campaignId, elsewhere] = [await sequence(step(0, 'one'), step(50, 'two')), await world.addCampaign(), await world.addCampaign()];
    await world.rows('update campaign set status = ? where id = ?', [status, campaignId]);
    const [ana, bo] = [await someone({ sms: number() }), await someone({ sms: number() })];
    await night();
    await start(id, [ana], campaignId);
    await start(id, [bo], elsewhere);
    await sweep();
    for (const each of [ana, bo]) await sendAll(each);
    await world.run(async (tx) => over(tx, await tx.em.findOneOrFail(Campaign, { id: campaignId })));
    expect(await run(ana)).toMatchObject({ status: 'stopped', stopReason: 'campaign_over', sent: 0 });
    expect(await messages(ana)).toMatchObject([{ status: 'failed', code: 'cancelled' }]);
    expect(await run(bo)).toMatchObject({ status: 'running', sent: 1 });
  });

  test('at its first step with whoever had forbidden every way before it began, and says so', async () => {
    const id = await sequence(step(1, 'x'));
    const [forbids, nowhere] = [await someone({ sms: number() }), await someone({})];
    const [point] = await world.rows<{ address_hash: string }>('select address_hash from contact_point where creator_id = ?', [forbids]);
    await world.run((tx) => recordConsent(tx, { channel: 'sms', sender: sms.sender, addressHash: point?.address_hash ?? '', state: 'out', source: 'reply', at: tx.now }));
    await start(id, [forbids, nowhere]);
    world.clock.advance(hour);
    await sweep();
    expect([(await run(forbids))?.stopReason, (await run(nowhere))?.stopReason]).toEqual(['opt_out', 'unreachable']);
  });

  test('when they want no more, also if only their app is known; and not by a word that was taken back since', async () => {
    const id = await sequence(step(1, 'x'));
    const [ana, bo] = [await someone({}, true), await someone({ sms: number() })];
    await start(id, [ana, bo]);
    await world.run((tx) => unsubscribe(tx, ana));
    expect(await run(ana)).toMatchObject({ status: 'stopped', stopReason: 'opt_out' });
    const [point] = await world.rows<{ address_hash: string }>('select address_hash from contact_point where creator_id = ?', [bo]);
    const say = (state: 'in' | 'out', ago: number) => world.run((tx) => recordConsent(tx, {
      channel: 'sms', sender: 'x', addressHash: point?.address_hash ?? '', state, source: 'reply', at: new Date(tx.now.getTime() - ago),
    }));
    await say('in', hour);
    await say('out', 2 * hour); // came late
    expect(await run(bo)).toMatchObject({ status: 'running' });
  });
});

describe('a sequence', () => {
  test('may change the case of its own name, and is not changed once it is archived', async () => {
    const id = await world.run(async (tx) => (await createSequence(tx, { name: 'Gentle', steps: [step(1, 'x')] })).sequenceId);
    await world.run((tx) => changeSequence(tx, id, 1, { name: 'gentle' }));
    const twice = await Promise.allSettled([1, 2].map(() => world.run((tx) => createSequence(tx, { name: 'At once', steps: [step(1, 'x')] }))));
    expect(twice.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))).toMatchObject([{ details: { fields: [{ path: 'name' }] } }]);
    await world.run((tx) => archiveSequence(tx, id));
    await expect(world.run((tx) => changeSequence(tx, id, 2, { name: 'Late' }))).rejects.toMatchObject({ code: 'wrong_state' });
  });

  test('is not started for a campaign that is over', async () => {
    const [id, campaignId, ana] = [await sequence(step(1, 'x')), await world.addCampaign(), await someone({ sms: number() })];
    await world.rows(`update campaign set status = 'cancelled', cancelled_at = created_at where id = ?`, [campaignId]);
    await expect(start(id, [ana], campaignId)).rejects.toMatchObject({ details: { fields: [{ path: 'campaignId' }] } });
  });
});
