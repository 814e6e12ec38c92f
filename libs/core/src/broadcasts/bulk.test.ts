import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { addressHash } from '@sevenfold/platform/crypto';
import { newId } from '@sevenfold/platform/ids';
import { accepted, notSent, rejected, unknown } from '@sevenfold/plugin-sdk';
import { removeCreator } from '../creators/remove-creator.js';
import { listNotices } from '../notices/index.js';
import type { Tx } from '../db/tx.js';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import {
  cancelBroadcast, changeDraft, checkBroadcast, createDraft, draftSchema, exportResults, getBroadcast, listResults, pauseBroadcast, previewBroadcast, resolveUnknown,
  resumeBroadcast, retryFailed, scheduleBroadcast, sendBatch, sendBroadcast, sendScheduled, type BatchResult, type ResultState,
} from './index.js';

const mail = fakeChannel({ channel: 'email', traits: { connections: 5, rich: true, bodyTemplate: 'html' } });
const sms = fakeChannel({ channel: 'sms', traits: { connections: 2, repeatCostsMoney: true, newsletter: false, bodyTemplate: 'short' } });
let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([mail, sms]);
}, 120_000);
beforeEach(() => {
  for (const channel of [mail, sms]) {
    channel.answer = (message) => accepted(`p-${message.id}`);
    channel.attempts.length = 0;
    channel.arrived.length = 0;
  }
});
afterAll(() => world[Symbol.asyncDispose]());

const draft = (input: object) => world.run(async (tx) => (await createDraft(tx, draftSchema.parse({ name: 'News', texts: { text: 'Hi {{creator.name}}' }, ...input }))).broadcastId);
const send = (id: string) => world.run((tx) => sendBroadcast(tx, id));
const view = (id: string) => world.run((tx) => getBroadcast(tx, id));
const check = (id: string) => checkBroadcast(world.db, world.scope, id);
const results = (id: string, state?: ResultState) => world.run((tx) => listResults(tx, id, { limit: 200 }, state));
const batch = (broadcastId: string, options: Parameters<typeof sendBatch>[2] = {}) => sendBatch(world.db, { workspaceId: world.workspaceId, broadcastId }, options);

async function toTheEnd(id: string): Promise<BatchResult> {
  for (let i = 0; i < 100; i += 1) {
    const result = await batch(id);
    if (result.done) return result;
    world.clock.advance(result.retryAfterMs);
  }
  throw new Error('it never ended');
}
const creators = (names: readonly string[], addresses: (name: string) => Record<string, string>) =>
  Promise.all(names.map((name) => world.addCreator({ name, addresses: addresses(name) })));
const mailTo = (name: string) => ({ email: `${name.toLowerCase()}@x.test` });
const refusal = (code: string) => expect.objectContaining({ code });

/** Calls back when a statement has been answered. */
function afterEachStatement(tx: Tx, back: (sql: string) => Promise<unknown>): Tx {
  const execute = async (sql: string, ...rest: unknown[]): Promise<unknown> => {
    const rows: unknown = await Reflect.apply(tx.em.execute, tx.em, [sql, ...rest]);
    await back(sql);
    return rows;
  };
  return { ...tx, em: new Proxy(tx.em, { get: (em, key) => (key === 'execute' ? execute : bound(em, key)) }) };
}
const bound = (em: Tx['em'], key: string | symbol): unknown => {
  const value: unknown = Reflect.get(em, key);
  return typeof value === 'function' ? value.bind(em) : value;
};

/** What a creator has in the inbox: a message of theirs that waits for an answer since then. */
async function wrote(creatorId: string, { at, campaignId = null, channel = 'email' }: { at: Date; campaignId?: string | null; channel?: string }): Promise<void> {
  const [thread] = await world.rows<{ id: string }>(
    `insert into thread (id, workspace_id, created_at, creator_id, unread, version, last_message_at, last_preview, last_direction, waiting_since, reply_due_at)
     values (gen_random_uuid(), ?, ?, ?, 1, 0, ?, 'x', 'in', ?, ?) returning id`, [world.workspaceId, at, creatorId, at, at, new Date(at.getTime() + 86_400_000)]);
  await world.rows(
    `insert into message (id, workspace_id, created_at, thread_id, creator_id, campaign_id, direction, kind, purpose, automatic, dedupe_key, channel, text, status)
     values (gen_random_uuid(), ?, ?, ?, ?, ?, 'in', 'chat', 'conversation', false, ?, ?, 'x', 'delivered')`,
    [world.workspaceId, at, thread?.id, creatorId, campaignId, newId(), channel]);
}

describe('before sending', () => {
  test('recipients come from the inbox as it is filtered, and are frozen as it is then', async () => {
    const now = await world.clock.now();
    const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
    const [clientId, campaignId, memberId] = [newId(), await world.addCampaign(), newId()];
    await world.rows('insert into client (id, workspace_id, created_at, name) values (?, ?, ?, ?)', [clientId, world.workspaceId, now, 'Brand']);
    await world.rows('update campaign set client_id = ? where id = ?', [clientId, campaignId]);
    await world.rows(`insert into member (id, workspace_id, created_at, name, email, role) values (?, ?, ?, 'Max', 'max@x.test', 'manager')`, [memberId, world.workspaceId, now]);
    const [old, fresh, asleep, read, erased, silent] = await creators(['In Old', 'In Fresh', 'In Asleep', 'In Read', 'In Erased', 'In Silent'], mailTo);
    for (const [creatorId = '', about] of [
      [old, { at: hours(-30), campaignId }], [fresh, { at: hours(-1), channel: 'sms' }], [asleep, { at: hours(-2) }], [read, { at: hours(-3) }], [erased, { at: hours(-30) }],
    ] as const) await wrote(creatorId, about);
    await world.rows('update thread set snoozed_until = ? where creator_id = ?', [hours(5), asleep]);
    await world.rows('update thread set unread = 0, waiting_since = null, reply_due_at = null, assignee_member_id = ? where creator_id = ?', [memberId, read]);
    await world.rows('update creator set erased_at = now() where id = ?', [erased]);
    const q = [old, fresh, asleep, read, silent];
    const chosen = async (inbox: object): Promise<string[]> => {
      const id = await draft({ recipients: { inbox } });
      const mine = await Promise.all(q.map(async (each = '') => ((await world.run((tx) => previewBroadcast(tx, id, each))).chosen ? [each] : [])));
      expect((await check(id)).recipients).toBe(mine.flat().length);
      return mine.flat();
    };
    expect(await chosen({ waiting: true })).toEqual([old, fresh]);
    expect(await chosen({ waiting: true, snoozed: 'all' })).toEqual([old, fresh, asleep]);
    expect(await chosen({ snoozed: true })).toEqual([asleep]);
    expect(await chosen({ overdue: true })).toEqual([old]);
    expect(await chosen({ unread: false })).toEqual([read]);
    expect(await chosen({ assignee: memberId })).toEqual([read]);
    expect(await chosen({ assignee: 'none', waiting: true, overdue: false })).toEqual([fresh]);
    expect(await chosen({ campaignId })).toEqual([old]);
    expect(await chosen({ clientId })).toEqual([old]);
    expect(await chosen({ channel: 'sms' })).toEqual([fresh]);
    expect(await chosen({ clientId, channel: 'sms' })).toEqual([]);

    const id = await draft({ recipients: { inbox: { waiting: true } } });
    world.clock.advance(6 * 3_600_000);
    expect(await send(id)).toEqual({ recipients: 3 });
    await world.rows('update thread set waiting_since = null where creator_id = ?', [old]);
    await toTheEnd(id);
    expect(mail.arrived.map(({ to }) => to).sort()).toEqual(['in asleep@x.test', 'in fresh@x.test', 'in old@x.test']);
    await world.rows('delete from thread_facet where thread_id in (select id from thread where creator_id = ?)', [erased]);
  });

  test('what an inbox filter names must be there, and “mine” is whoever wrote it down', async () => {
    await expect(draft({ recipients: { inbox: { assignee: newId(), campaignId: newId(), clientId: newId(), creatorId: newId(), channel: 'fax' } } })).rejects.toMatchObject({
      code: 'invalid_fields',
      details: { fields: ['assignee', 'campaignId', 'clientId', 'creatorId', 'channel'].map((field) => ({ path: `recipients.inbox.${field}`, message: expect.stringContaining('There is no such') })) },
    });
    await expect(draft({ recipients: { inbox: { assignee: 'me' } } })).rejects.toMatchObject({ details: { fields: [{ path: 'recipients.inbox.assignee' }] } });
    const [member] = await world.rows<{ id: string }>('select id from member');
    const memberId = member?.id ?? '';
    const scope = { ...world.scope, actor: { kind: 'member', memberId, role: 'manager', via: 'api' } as const };
    const input = draftSchema.parse({ name: 'Mine', texts: { text: 'Hi' }, recipients: { inbox: { assignee: 'me' } } });
    const { broadcastId } = await world.db.inWorkspace(scope, (tx) => createDraft(tx, input));
    expect((await view(broadcastId)).recipients).toEqual({ inbox: { assignee: memberId, snoozed: false } });
  });

  test('texts that include a piece of the workspace that has changed are refused; when it changes later, everybody is left out and it ends', async () => {
    const [one] = await creators(['Piece'], mailTo);
    const templateId = newId();
    const now = await world.clock.now();
    const change = async (number: number, text: string): Promise<void> => {
      await world.rows(`insert into template_version (id, workspace_id, created_at, template_id, number, forms) values (gen_random_uuid(), ?, ?, ?, ?, ?::jsonb)`,
        [world.workspaceId, now, templateId, number, JSON.stringify({ text, html: text })]);
      await world.rows('update template set version = ? where id = ?', [number, templateId]);
    };
    await world.rows(`insert into template (id, workspace_id, created_at, updated_at, key, language, version) values (?, ?, ?, ?, 'partial.bye', 'en', 0)`, [templateId, world.workspaceId, now, now]);
    await change(1, 'Yours');
    const make = () => draft({ recipients: { creators: [one] }, texts: { text: 'Hi {{> bye}}' } });
    const [id, later] = [await make(), await make()];
    await send(later);
    await change(2, 'Yours, {{agreement.title}}');
    await expect(send(id)).rejects.toMatchObject({ code: 'invalid_fields', details: { fields: [{ path: 'texts.text' }] } });
    await expect(check(id)).rejects.toMatchObject(refusal('invalid_fields'));
    const at = new Date(now.getTime() + 86_400_000 * 30).toISOString();
    await expect(world.run((tx) => scheduleBroadcast(tx, id, { at }))).rejects.toMatchObject(refusal('invalid_fields'));
    expect(await toTheEnd(later)).toMatchObject({ done: true });
    expect(await view(later)).toMatchObject({ status: 'done', total: 1, counts: { skipped: 1 }, skippedBecause: { unwritable: 1 } });
    await world.rows('update template set version = 0 where id = ?', [templateId]);
  });

  test('a text that fails with somebody’s data leaves out them alone', async () => {
    const [good, bad] = await creators(['2026-11-21', 'No date'], (name) => ({ email: `${name.replace(' ', '')}@dates.test` }));
    const id = await draft({ recipients: { creators: [good, bad] }, texts: { text: 'On {{date creator.name}}' } });
    expect((await check(id)).skipped).toEqual({ unwritable: { count: 1, examples: [{ creatorId: bad, name: 'No date', variables: null }] } });
    await send(id);
    await toTheEnd(id);
    expect(await view(id)).toMatchObject({ status: 'done', counts: { sent: 1, skipped: 1 }, skippedBecause: { unwritable: 1 } });
  });

  test('a check counts who gets it by which channel, and who does not and why', async () => {
    const [ana, bo, cyd] = await creators(['Ana', 'Bo', 'Cyd'], mailTo);
    const [dee] = await creators(['Dee'], () => ({ sms: '+3161' }));
    const [eve] = await creators(['Eve'], () => ({}));
    const [fay] = await creators(['Fay'], mailTo);
    const [guy] = await creators(['Guy'], mailTo);
    await world.rows(`insert into consent_entry (id, workspace_id, created_at, channel, sender, address_hash, state, source, at)
      select gen_random_uuid(), workspace_id, created_at, channel, 'email-sender', address_hash, 'out', 'test', created_at from contact_point where creator_id = ?`, [fay]);
    await world.rows(`update contact_point set address = 'ana@x.test', address_hash = ? where creator_id = ?`, [addressHash(world.db.services.keyRing, 'email', 'ana@x.test'), bo]);
    await world.rows(`update creator set country = 'NL' where id in (?, ?, ?)`, [ana, bo, dee]);
    const id = await draft({
      recipients: { creators: [ana, bo, cyd, dee, eve, fay, guy] }, texts: { subject: 'To {{creator.firstName}}', text: 'You live in {{creator.country}}', short: 'Hi' },
    });
    expect(await check(id)).toEqual({
      recipients: 7, total: 3, willSend: { email: 2, sms: 1 }, sharedAddresses: 1, variables: ['creator.country', 'creator.firstName'],
      skipped: {
        missing_variable: { count: 2, examples: [cyd, guy].sort().map((creatorId) => ({ creatorId, name: creatorId === cyd ? 'Cyd' : 'Guy', variables: ['creator.country'] })) },
        no_address: { count: 1, examples: [{ creatorId: eve, name: 'Eve', variables: null }] },
        opted_out: { count: 1, examples: [{ creatorId: fay, name: 'Fay', variables: null }] },
      },
      missingVariables: { 'creator.country': 2 }, atLeastSeconds: null, segments: {},
    });
    const preview = (creatorId = '') => world.run((tx) => previewBroadcast(tx, id, creatorId));
    expect(await preview(ana)).toMatchObject({ chosen: true, channel: 'email', address: 'ana@x.test', skip: null, texts: { subject: 'To Ana', text: 'You live in NL', short: 'Hi' } });
    expect(await preview(cyd)).toMatchObject({ texts: null, skip: 'missing_variable', variables: ['creator.country'] });
    expect(mail.attempts).toEqual([]);

    await send(id);
    await toTheEnd(id);
    expect(await view(id)).toMatchObject({ status: 'done', total: 7, counts: { sent: 3, skipped: 4 }, skippedBecause: { missing_variable: 2, no_address: 1, opted_out: 1 } });
    // Two creators behind one address are two recipients.
    expect(mail.arrived.map(({ to }) => to).sort()).toEqual(['ana@x.test', 'ana@x.test']);
    expect((await results(id, 'skipped')).data.find(({ creator }) => creator.name === 'Guy')).toMatchObject({ code: 'missing_variable', variables: ['creator.country'], messageId: null });
  });

  test('a text that cannot be read, and a variable there is none of, are refused by name', async () => {
    const fields = async (texts: object) => draft({ recipients: { filter: {} }, texts }).then(() => [], (error) => error.details.fields.map((each: { path: string; message: string }) => [each.path, each.message.slice(0, 40)]));
    expect(await fields({ text: 'Hi {{creator.nmae}}' })).toEqual([['texts.text', 'There is no variable creator.nmae; there']]);
    expect((await fields({ text: 'Hi {{#if' }))[0]?.[0]).toBe('texts.text');
    expect(await fields({ text: 'Hi {{creator.profiles.instagram.username}} {{#if campaign}}{{campaign.name}}{{/if}}', short: '{{{x}}}' })).toMatchObject([['texts.short', expect.anything()]]);
    await expect(draft({ recipients: { creators: [newId()] }, channel: 'fax', campaignId: newId() })).rejects.toMatchObject({
      code: 'invalid_fields', details: { fields: [{ path: 'channel' }, { path: 'campaignId' }, { path: 'recipients.creators.0' }] },
    });
  });

  test('recipients come from a filter or from where they stand in a campaign', async () => {
    const campaignId = await world.addCampaign();
    const [ada, ben, cat] = await creators(['Ada A.', 'Ben A.', 'Cat A.'], mailTo);
    const apply = (creator = '', status = '') => world.rows(
      `insert into application (id, workspace_id, created_at, campaign_id, creator_id, status, source, answers, profile_ids)
       values (gen_random_uuid(), ?, now(), ?, ?, ?, 'applied', '{}', '[]')`, [world.workspaceId, campaignId, creator, status],
    );
    await apply(ada, 'selected');
    await apply(ben, 'pending');
    await apply(cat, 'selected');
    const total = async (recipients: object) => (await check(await draft({ recipients }))).recipients;
    expect(await total({ filter: { q: ' A.' } })).toBe(3);
    expect(await total({ campaign: { campaignId, applications: ['selected'] } })).toBe(2);
    expect(await total({ campaign: { campaignId, applications: ['selected', 'pending'], group: false } })).toBe(3);
    expect(await total({ campaign: { campaignId, agreements: ['pending'] } })).toBe(0);
    await world.rows('update creator set erased_at = now() where id = ?', [cat]);
    expect(await total({ campaign: { campaignId, applications: ['selected'] } })).toBe(1);
  });
});

describe('sending', () => {
  test('counts add up to the total also when a chunk is written, or all is cancelled, while they are read', async () => {
    const ids = await creators(['Sum A', 'Sum B', 'Sum C'], mailTo);
    const happens = [batch, (each: string) => world.run((tx) => cancelBroadcast(tx, each))];
    for (const [meanwhile, nth] of happens.flatMap((each) => [1, 2, 3].map((n) => [each, n] as const))) {
      const id = await draft({ recipients: { creators: ids } });
      await send(id);
      let statements = 0;
      const { total, counts } = await world.db.reading(world.scope, (tx) => getBroadcast(afterEachStatement(tx, async () => {
        statements += 1;
        if (statements === nth) await meanwhile(id);
      }), id));
      expect([total, Object.values(counts).reduce((sum, count) => sum + count, 0)]).toEqual([3, 3]);
    }
  });

  test('freezes recipients and texts; two presses send once', async () => {
    const [one] = await creators(['One Frozen'], mailTo);
    const id = await draft({ recipients: { filter: { q: 'Frozen' } } });
    const presses = await Promise.allSettled([send(id), send(id)]);
    expect(presses.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(presses.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refusal('already_sent') });
    await creators(['Two Frozen'], mailTo);
    await expect(world.run((tx) => changeDraft(tx, id, { texts: { text: 'other' } }))).rejects.toMatchObject(refusal('wrong_state'));
    await toTheEnd(id);
    expect(mail.arrived.map(({ text }) => text)).toEqual(['Hi One Frozen']);
    expect((await results(id)).data).toMatchObject([{ creator: { id: one }, state: 'sent', channel: 'email', deliveries: [{ status: 'sent', attempts: 1, round: 0 }] }]);
    await expect(send(await draft({ recipients: { filter: { q: 'nobody at all' } } }))).rejects.toMatchObject(refusal('no_recipients'));
  });

  test('that reached nobody is told to the team, whether nobody was there or all were left out', async () => {
    const told = async (id: string) => (await world.run((tx) => listNotices(tx, { limit: 20 }))).data.filter(({ refId }) => refId === id).map(({ text }) => text);
    const nobody = await draft({ recipients: { filter: { q: 'Nobody of this name' } } });
    await world.run(async (tx) => scheduleBroadcast(tx, nobody, { at: new Date(tx.now.getTime() + 1_000).toISOString() }));
    world.clock.advance(1_000);
    expect(await world.run((tx) => sendScheduled(tx, nobody))).toBe('sent to 0');
    expect(await told(nobody)).toEqual(['The message “News” reached nobody: when its moment came, there was nobody to send it to.']);
    await creators(['Unreachable One'], () => ({}));
    const all = await draft({ recipients: { filter: { q: 'Unreachable' } } });
    await send(all);
    await toTheEnd(all);
    expect(await told(all)).toEqual(['The message “News” reached nobody: everybody (1) was left out. Its results say why.']);
  });

  test('at an instant chooses its recipients then; taken back or moved, the old instant does nothing', async () => {
    await creators(['Early Bird'], mailTo);
    const id = await draft({ recipients: { filter: { q: 'Bird' } } });
    const at = (await world.clock.now()).getTime() + 3_600_000;
    await expect(world.run((tx) => scheduleBroadcast(tx, id, { at: new Date(at - 7_200_000).toISOString() }))).rejects.toMatchObject(refusal('invalid_fields'));
    await world.run((tx) => scheduleBroadcast(tx, id, { at: new Date(at).toISOString(), timeZone: 'Asia/Tokyo' }));
    await world.run((tx) => scheduleBroadcast(tx, id, { at: new Date(at + 3_600_000).toISOString() }));
    expect(await view(id)).toMatchObject({ status: 'scheduled', sendAt: new Date(at + 3_600_000), timeZone: 'Europe/Amsterdam', total: 0 });
    await creators(['Late Bird'], mailTo);
    world.clock.advance(3_600_000);
    expect(await world.run((tx) => sendScheduled(tx, id))).toBe('overtaken');
    world.clock.advance(3_600_000);
    expect(await world.run((tx) => sendScheduled(tx, id))).toBe('sent to 2');
    expect(await world.run((tx) => sendScheduled(tx, id))).toBe('overtaken');
    await toTheEnd(id);
    expect(mail.arrived).toHaveLength(2);
  });

  test('writes chunk by chunk, and batches side by side share the work', async () => {
    await world.rows(
      `with c as (insert into creator (id, workspace_id, created_at, name, languages, in_network, newsletter_opt_in, updated_at)
         select gen_random_uuid(), ?, now(), 'Crowd ' || n, '[]', true, true, now() from generate_series(1, 700) n returning id)
       insert into contact_point (id, workspace_id, created_at, creator_id, channel, address, address_hash)
         select gen_random_uuid(), ?, now(), id, 'email', id || '@x.test', md5(id::text) from c`, [world.workspaceId, world.workspaceId]);
    const id = await draft({ recipients: { filter: { q: 'Crowd' } } });
    expect(await send(id)).toEqual({ recipients: 700 });
    expect(await view(id)).toMatchObject({ status: 'queued', total: 700, counts: { queued: 700 } });
    const first = await batch(id);
    expect(first).toMatchObject({ done: false, retryAfterMs: 0, sent: 500, lanes: 2 });
    const half = await view(id);
    expect(half).toMatchObject({ status: 'sending', counts: { queued: 200, sent: 500 } });
    expect(half.perSecond).toBeGreaterThan(0);
    expect(half.secondsLeft).toBeGreaterThan(0);
    expect((await world.rows('select 1 from message where broadcast_id = ?', [id])).length).toBe(500);
    await Promise.all([0, 1].map((lane) => sendBatch(world.db, { workspaceId: world.workspaceId, broadcastId: id, lane })));
    expect(await toTheEnd(id)).toMatchObject({ done: true });
    expect(new Set(mail.arrived.map(({ to }) => to)).size).toBe(700);
    expect(mail.arrived).toHaveLength(700);
    // A list read page by page shows everybody once.
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await world.run((tx) => listResults(tx, id, { limit: 200, cursor }));
      seen.push(...page.data.map(({ creator }) => creator.id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([700, 700]);
  }, 120_000);
});

/** A hundred creators, of whom some got it when `meanwhile` was done in the middle of a batch. */
async function inTheMiddle(name: string, meanwhile: (id: string) => Promise<unknown>) {
  await creators(Array.from({ length: 100 }, (_, i) => `${name} ${i}`), (each) => ({ sms: `+31${Buffer.from(each).toString('hex')}` }));
  const id = await draft({ recipients: { filter: { q: name } } });
  await send(id);
  let done: Promise<unknown> | undefined;
  sms.answer = async (message) => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (sms.attempts.length >= 20) done ??= meanwhile(id);
    // However slow the machine: what is on its way arrives after it, and what comes then must feel it.
    await done;
    return accepted(message.id);
  };
  const result = await batch(id);
  await done;
  return { id, result, left: sms.arrived.length };
}

describe('on the way', () => {
  test('a pause is felt in the middle of a batch, and resuming sends the rest', async () => {
    const { id, result, left } = await inTheMiddle('Pausing', (each) => world.run((tx) => pauseBroadcast(tx, each)));
    expect(result).toMatchObject({ done: false, retryAfterMs: 3_600_000 });
    expect(left).toBeGreaterThanOrEqual(20);
    expect(left).toBeLessThan(60);
    expect(await view(id)).toMatchObject({ status: 'sending', pausedAt: expect.any(Date), counts: { queued: 100 - left, claimed: 0, sent: left }, perSecond: 0 });
    expect(await batch(id)).toMatchObject({ done: false, sent: 0 });
    await world.run((tx) => resumeBroadcast(tx, id));
    expect(await world.rows(`select 1 from outbox_item where kind = 'broadcast.wake' and payload ->> 'broadcastId' = ?`, [id])).toHaveLength(1);
    expect(await toTheEnd(id)).toMatchObject({ done: true });
    expect(sms.arrived).toHaveLength(100);
  });

  test('cancelled, what has left has left and the others say so', async () => {
    const { id, result, left } = await inTheMiddle('Cancelling', (each) => world.run((tx) => cancelBroadcast(tx, each)));
    expect(result).toMatchObject({ done: true });
    expect(left).toBeLessThan(60);
    expect(await view(id)).toMatchObject({ status: 'cancelled', counts: { sent: left, cancelled: 100 - left, queued: 0, claimed: 0, failed: 0 } });
    expect((await results(id, 'cancelled')).data).toHaveLength(100 - left);
    expect((await results(id, 'cancelled')).data[0]).toMatchObject({ state: 'cancelled', code: 'cancelled' });
    expect(await world.run((tx) => retryFailed(tx, id))).toEqual({ retried: 0 });
    expect(await batch(id)).toMatchObject({ done: true });
    expect(sms.arrived).toHaveLength(left);
  });

  test('cancelled before its chunks were written, nobody gets anything', async () => {
    const ids = await creators(['Never A', 'Never B'], mailTo);
    const id = await draft({ recipients: { creators: ids } });
    await send(id);
    expect(await world.run((tx) => cancelBroadcast(tx, id))).toEqual({ cancelled: 2 });
    expect(await batch(id)).toMatchObject({ done: true });
    expect(await view(id)).toMatchObject({ status: 'cancelled', counts: { cancelled: 2 } });
    expect((await results(id)).data.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    expect(mail.attempts).toEqual([]);
  });

  test('a recipient who was removed meanwhile is skipped, and holds nobody up', async () => {
    const ids = await creators(['Stays', 'Goes'], mailTo);
    const id = await draft({ recipients: { creators: ids } });
    await send(id);
    await world.run((tx) => removeCreator(tx, ids[1] ?? ''));
    expect(await toTheEnd(id)).toMatchObject({ done: true });
    expect(await view(id)).toMatchObject({ status: 'done', counts: { sent: 1, skipped: 1 }, skippedBecause: { gone: 1 } });
    expect((await results(id)).data.map(({ creator, state }) => [creator.name, state]).sort()).toEqual([['', 'skipped'], ['Stays', 'sent']]);
  });

  test('what came back after the cancel is cancelled too', async () => {
    const ids = await creators(['Back'], mailTo);
    const id = await draft({ recipients: { creators: ids } });
    await send(id);
    mail.answer = async () => {
      await world.run((tx) => cancelBroadcast(tx, id));
      return notSent('later', 1_000);
    };
    expect(await toTheEnd(id)).toMatchObject({ done: true });
    expect(await view(id)).toMatchObject({ counts: { cancelled: 1, queued: 0 } });
    expect(mail.attempts).toHaveLength(1);
  });
});

describe('afterwards', () => {
  test('a press that finds nothing to do says so and leaves no trace', async () => {
    const ids = await creators(['Fine'], mailTo);
    const id = await draft({ recipients: { creators: ids } });
    await send(id);
    await toTheEnd(id);
    const before = await view(id);
    expect(await world.run((tx) => retryFailed(tx, id))).toEqual({ retried: 0 });
    for (const action of ['resend', 'leave'] as const) expect(await world.run((tx) => resolveUnknown(tx, id, action))).toEqual({ resolved: 0 });
    expect(await view(id)).toEqual(before);
    expect(await world.rows(`select action from audit_entry where entity_id = ? and action in ('broadcast.retried', 'broadcast.unknown-resolved')`, [id])).toEqual([]);
  });

  test('a pause that came as the last one left does not hold what is sent again', async () => {
    const ids = await creators(['Last'], mailTo);
    const id = await draft({ recipients: { creators: ids } });
    await send(id);
    mail.answer = async () => {
      await world.run((tx) => pauseBroadcast(tx, id));
      return rejected('550', 'no');
    };
    await toTheEnd(id);
    expect(await view(id)).toMatchObject({ status: 'done', counts: { failed: 1 } });
    mail.answer = ({ id: message }) => accepted(message);
    expect(await world.run((tx) => retryFailed(tx, id))).toEqual({ retried: 1 });
    expect(await batch(id)).toMatchObject({ done: true, sent: 1 });
    expect(await view(id)).toMatchObject({ status: 'done', pausedAt: null, counts: { sent: 1 } });
  });

  test('the failed are sent again once per press, by deliveries of their own', async () => {
    const ids = await creators(['Fail A', 'Fail B', 'Good'], mailTo);
    const id = await draft({ recipients: { creators: ids } });
    await send(id);
    mail.answer = ({ text, id: message }) => (text.includes('Fail') ? rejected('550', 'no') : accepted(message));
    await toTheEnd(id);
    expect(await view(id)).toMatchObject({ status: 'done', counts: { sent: 1, failed: 2 } });
    const [notice] = await world.rows<{ data: object }>(`select data from notice where kind = 'broadcast-finished' and ref_id = ?`, [id]);
    expect(notice?.data).toMatchObject({ name: 'News', total: 3, failed: 2, unknown: 0 });
    mail.answer = ({ text, id: message }) => (text.includes('Fail B') ? rejected('551', 'no again') : accepted(message));
    const presses = await Promise.all([world.run((tx) => retryFailed(tx, id)), world.run((tx) => retryFailed(tx, id))]);
    expect(presses.map(({ retried }) => retried).sort()).toEqual([0, 2]);
    expect(await view(id)).toMatchObject({ status: 'sending', counts: { sent: 1, failed: 0, queued: 2 } });
    await toTheEnd(id);
    expect(await view(id)).toMatchObject({ status: 'done', counts: { sent: 2, failed: 1 } });
    const [failed] = (await results(id, 'failed')).data;
    expect(failed).toMatchObject({ creator: { name: 'Fail B' }, code: '551', deliveries: [{ status: 'failed', code: '550', round: 0 }, { status: 'failed', code: '551', round: 1 }] });
    expect(mail.arrived.map(({ text }) => text).sort()).toEqual(['Hi Fail A', 'Hi Good']);
  });

  test('all unknown are resolved together: left as they are, or sent once more', async () => {
    const ids = await creators(['Doubt A', 'Doubt B', 'Sure'], mailTo);
    const id = await draft({ recipients: { creators: ids } });
    await send(id);
    mail.answer = ({ text, id: message }) => (text.includes('Doubt') ? unknown('cut') : accepted(message));
    await toTheEnd(id);
    expect(await view(id)).toMatchObject({ counts: { sent: 1, unknown: 2 }, unresolved: 2 });
    const resolve = (action: 'resend' | 'leave') => world.run((tx) => resolveUnknown(tx, id, action));
    expect(await resolve('leave')).toEqual({ resolved: 2 });
    expect(await resolve('leave')).toEqual({ resolved: 0 });
    expect(await view(id)).toMatchObject({ status: 'done', counts: { unknown: 2 }, unresolved: 0 });
    expect((await results(id, 'unknown')).data.map(({ left }) => left)).toEqual([true, true]);
    mail.answer = (message) => accepted(message.id);
    expect((await Promise.all([resolve('resend'), resolve('resend')])).map(({ resolved }) => resolved).sort()).toEqual([0, 2]);
    await toTheEnd(id);
    expect(await view(id)).toMatchObject({ status: 'done', counts: { sent: 3, unknown: 0 } });
    expect((await results(id)).data.filter(({ deliveries }) => deliveries.length === 2).map(({ deliveries }) => deliveries.map(({ status }) => status)))
      .toEqual([['unknown', 'sent'], ['unknown', 'sent']]);
    // Presses that changed nothing are no entries.
    expect(await world.rows(`select data from audit_entry where entity_id = ? and action = 'broadcast.unknown-resolved' order by data ->> 'action'`, [id]))
      .toEqual([{ data: { action: 'leave', messages: 2 } }, { data: { action: 'resend', messages: 2 } }]);
  });

  test('results are exported, and no name becomes a formula', async () => {
    const ids = await creators(['=HYPERLINK("x")', 'Plain'], mailTo);
    const id = await draft({ recipients: { creators: ids } });
    await send(id);
    await toTheEnd(id);
    let csv = '';
    for await (const part of exportResults(world.db, world.scope, id)) csv += part;
    const lines = csv.trim().split('\r\n');
    expect(lines[0]).toBe('creator_id,name,state,channel,code,missing_variables,attempts,sent_at');
    expect(lines.slice(1).map((line) => line.split(',').slice(1, 4).join(',')).sort()).toEqual([`"'=HYPERLINK(""x"")",sent,email`, 'Plain,sent,email']);
  });

  test('a batch that died leaves its claims unknown, also when the broadcast was cancelled meanwhile', async () => {
    const ids = await creators(['Dead A', 'Dead B'], mailTo);
    const id = await draft({ recipients: { creators: ids } });
    await send(id);
    let release = (): void => undefined;
    const hanging = new Promise<void>((resolve) => (release = resolve));
    mail.answer = async (message) => {
      await hanging;
      return accepted(message.id);
    };
    const dying = batch(id);
    for (let i = 0; i < 200 && mail.attempts.length < 2; i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    await world.run((tx) => cancelBroadcast(tx, id));
    expect(await batch(id)).toMatchObject({ done: true, unknown: 2 });
    expect(await view(id)).toMatchObject({ status: 'cancelled', counts: { unknown: 2, cancelled: 0 } });
    // It was not dead after all: what it knows better still counts.
    release();
    await dying;
    expect(await view(id)).toMatchObject({ counts: { sent: 2, unknown: 0 } });
  });
});
