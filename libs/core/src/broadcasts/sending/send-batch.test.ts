import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accepted, notSent, rejected, unknown, type SendOutcome } from '@sevenfold/plugin-sdk';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import pg from 'pg';
import { newId } from '@sevenfold/platform/ids';
import { queueBroadcast } from '../queue-broadcast.js';
import { countBroadcast } from '../counts.js';
import { sendBatch, type BatchResult } from './send-batch.js';
import { claimDue } from './claim-due.js';
import { dueDeliveries, planBroadcast } from './work.js';

const mail = fakeChannel({ channel: 'email', traits: { connections: 20 } });
const sms = fakeChannel({ channel: 'sms', traits: { connections: 3, repeatCostsMoney: true, newsletter: false } });

let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([mail, sms]);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

/** Creators in bulk: half with mail, every tenth with SMS only, the others with both. */
async function manyCreators(count: number, addressesOf: (i: number) => Record<string, string>): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, i) => ({ id: newId(), addresses: addressesOf(i) }));
  await world.rows(
    `insert into creator (id, workspace_id, created_at, name, languages, in_network, newsletter_opt_in, updated_at)
     select r.id, ?, now(), 'C', '[]', true, true, now() from json_to_recordset(?::json) as r(id uuid)`,
    [world.workspaceId, JSON.stringify(rows)],
  );
  const points = rows.flatMap(({ id, addresses }) =>
    Object.entries(addresses).map(([channel, address]) => ({ id: newId(), creator: id, channel, address })),
  );
  await world.rows(
    `insert into contact_point (id, workspace_id, created_at, creator_id, channel, address, address_hash)
     select r.id, ?, now(), r.creator, r.channel, r.address, md5(r.address)
       from json_to_recordset(?::json) as r(id uuid, creator uuid, channel text, address text)`,
    [world.workspaceId, JSON.stringify(points)],
  );
  return rows.map(({ id }) => id);
}

let keys = 0;
const queue = async (creatorIds: readonly string[], automatic = false, campaignId: string | null = null) => {
  const { broadcastId } = await world.run((tx) =>
    queueBroadcast(tx, {
      kind: 'group', dedupeKey: `b${(keys += 1)}`, purpose: 'notice', automatic, campaignId,
      recipients: creatorIds.map((creatorId) => ({ creatorId, texts: { text: `Hello ${creatorId}` } })),
    }),
  );
  return broadcastId;
};
const batch = (broadcastId: string, size = 500, claimedBy?: string) =>
  sendBatch(world.db, { workspaceId: world.workspaceId, broadcastId, size, ...(claimedBy && { claimedBy }) });
const claimSome = (broadcastId: string, count: number, claimedBy: string) =>
  world.run(async (tx) => {
    const due = await dueDeliveries(tx, broadcastId, count, claimedBy);
    return claimDue(tx, broadcastId, due.get('email') ?? [], claimedBy);
  });
const counts = (broadcastId: string) => world.run((tx) => countBroadcast(tx, broadcastId));
const broadcast = async (id: string) => (await world.rows<{ status: string; total: number }>('select status, total from broadcast where id = ?', [id]))[0];

/** As the workflow does: batch after batch, waiting as told. */
async function toTheEnd(broadcastId: string, lanes = 1): Promise<BatchResult[]> {
  const results: BatchResult[] = [];
  for (let i = 0; i < 200; i += 1) {
    const round = await Promise.all(Array.from({ length: lanes }, (_, lane) => batch(broadcastId, 500, `lane-${lane}`)));
    results.push(...round);
    if (round.some((each) => each.done)) return results;
    world.clock.advance(Math.min(...round.map((each) => (each.done ? 0 : each.retryAfterMs))));
  }
  throw new Error('the broadcast never ended');
}

test('batches side by side begin with different deliveries, and between them reach for all; what a batch has taken on is its own wherever it lies', async () => {
  const broadcastId = await queue(await manyCreators(120, (i) => ({ email: `share${i}@creators.test` })));
  const idsOf = (claimedBy: string, share?: { lane: number; lanes: number }) =>
    world.run(async (tx) => [...(await dueDeliveries(tx, broadcastId, 500, claimedBy, share)).values()].flat().map(({ id }) => id));
  await world.run((tx) => planBroadcast(tx, broadcastId, 500));
  const all = await idsOf('nobody');
  expect(all).toHaveLength(120);
  const shares = await Promise.all([0, 1, 2, 3].map((lane) => idsOf(`lane-${lane}`, { lane, lanes: 4 })));
  expect(shares.flat().toSorted()).toEqual(all.toSorted());
  for (const share of shares) expect(share.length).toBeGreaterThan(10);
  const [first] = shares[0] ?? [];
  await world.rows('update delivery set claimed_by = ?, claimed_at = ? where id = ?', ['lane-3', await world.clock.now(), first]);
  expect(await idsOf('lane-3', { lane: 3, lanes: 4 })).toContain(first);
  expect(await idsOf('lane-0', { lane: 0, lanes: 4 })).not.toContain(first);
});

describe('2,000 recipients and a channel with random outcomes', () => {
  test('everybody is accounted for, nobody got it twice, and the sums add up', async () => {
    const outcomes = new Map<string, SendOutcome['outcome'][]>();
    let seed = 42;
    const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
    const answer = (id: string): SendOutcome => {
      const dice = random();
      const outcome = dice < 0.7 ? accepted(id) : dice < 0.8 ? rejected('550', 'no') : dice < 0.9 ? notSent('busy', 1_000) : unknown('cut');
      outcomes.set(id, [...(outcomes.get(id) ?? []), outcome.outcome]);
      return outcome;
    };
    mail.answer = (message) => answer(message.id);
    sms.answer = (message) => answer(message.id);
    const ids = await manyCreators(2_000, (i) => ({
      ...(i % 10 !== 0 && { email: `${i}@x.test` }), ...(i % 2 === 0 && i % 50 !== 0 && { sms: `+3160000${i}` }),
    }));
    const broadcastId = await queue(ids);
    const started = performance.now();
    const results = await toTheEnd(broadcastId, 2);
    const seconds = (performance.now() - started) / 1_000;

    const final = await counts(broadcastId);
    expect(await broadcast(broadcastId)).toEqual({ status: 'done', total: 2_000 });
    expect(final.queued + final.claimed).toBe(0);
    expect(final.sent + final.failed + final.unknown).toBe(2_000);
    const sum = (key: 'sent' | 'unknown') => results.reduce((total, each) => total + each[key], 0);
    expect(sum('sent')).toBe(final.sent);
    expect(sum('unknown')).toBe(final.unknown);
    // Nothing follows an attempt that arrived, or may have.
    const wrong = [...outcomes.values()].filter((list) => list.slice(0, -1).some((each) => each !== 'not_sent'));
    expect(wrong).toEqual([]);
    const perPerson = new Map<string, number>();
    for (const { text } of [...mail.arrived, ...sms.arrived]) perPerson.set(text, (perPerson.get(text) ?? 0) + 1);
    expect(Math.max(...perPerson.values())).toBe(1);
    expect(perPerson.size).toBe(final.sent + final.unknown);
    // The messages agree with their deliveries, and every attempt left its event.
    const [{ events } = { events: 0 }] = await world.rows<{ events: number }>(
      `select count(*)::int as events from delivery_event e join delivery d on d.id = e.delivery_id where d.broadcast_id = ?`, [broadcastId],
    );
    expect(events).toBe([...outcomes.values()].flat().length);
    expect(mail.busiest).toBeLessThanOrEqual(20);
    expect(sms.busiest).toBeLessThanOrEqual(3);
    expect(seconds).toBeLessThan(60);
  }, 120_000);
});

describe('a batch', () => {
  test('killed with claims open leaves those unknown and sends all others', async () => {
    mail.answer = (message) => accepted(message.id);
    const broadcastId = await queue(await manyCreators(30, (i) => ({ email: `k${i}@x.test` })));
    await world.run((tx) => planBroadcast(tx, broadcastId, 500));
    const { attempts } = await claimSome(broadcastId, 7, `broadcast:${broadcastId}`);
    expect(attempts).toHaveLength(7);
    expect(await batch(broadcastId)).toMatchObject({ done: true, sent: 23, unknown: 7 });
    expect(await counts(broadcastId)).toMatchObject({ sent: 23, unknown: 7 });
  });

  test('asks consent and address once more when it sends: who said no gets nothing, who moved gets it there, and the others beside them as planned', async () => {
    mail.answer = (message) => accepted(message.id);
    const [gone, moved, ...others] = await manyCreators(12, (i) => ({ email: `m${i}@consent.test` }));
    const broadcastId = await queue([gone, moved, ...others].filter((id) => id !== undefined));
    await world.run((tx) => planBroadcast(tx, broadcastId, 500)); // queued to the addresses of before
    await world.run((tx) => tx.em.execute(`insert into consent_entry (id, workspace_id, created_at, channel, address_hash, sender, state, source, at)
      select gen_random_uuid(), p.workspace_id, now(), p.channel, p.address_hash, ?, 'out', 'reply', now() from contact_point p where p.creator_id = ?`, [mail.sender, gone]));
    await world.rows(`update contact_point set address = 'new@consent.test', address_hash = 'new' where creator_id = ?`, [moved]);
    const before = mail.arrived.length;
    await toTheEnd(broadcastId);
    const to = mail.arrived.slice(before).map((each) => each.to).sort();
    expect(to).toEqual([...others.map((_, i) => `m${i + 2}@consent.test`), 'new@consent.test'].sort());
    expect(await counts(broadcastId)).toMatchObject({ sent: 11, failed: 1, unknown: 0, queued: 0, claimed: 0 });
  });

  test('leaves alone what a batch beside it has claimed', async () => {
    const broadcastId = await queue(await manyCreators(5, (i) => ({ email: `l${i}@x.test` })));
    await world.run((tx) => planBroadcast(tx, broadcastId, 500));
    await claimSome(broadcastId, 2, 'somebody else');
    expect(await batch(broadcastId)).toMatchObject({ done: false, sent: 3, unknown: 0 });
    world.clock.advance(11 * 60_000);
    expect(await batch(broadcastId)).toMatchObject({ done: true, unknown: 2 });
  });

  test('a mark that cannot be written takes no other with it', async () => {
    const ids = await manyCreators(12, (i) => ({ email: `m${i}@x.test` }));
    const broadcastId = await queue(ids);
    const admin = new pg.Client({ connectionString: world.database.adminUrl });
    await admin.connect();
    await admin.query(`alter table delivery add constraint no_poison check (provider_id <> 'poison')`);
    let first = true;
    mail.answer = (message) => {
      const poison = first;
      first = false;
      return accepted(poison ? 'poison' : `\0${message.id}\ud800`);
    };
    await expect(batch(broadcastId)).rejects.toThrow();
    await admin.query('alter table delivery drop constraint no_poison');
    await admin.end();
    expect(await counts(broadcastId)).toMatchObject({ sent: 11, claimed: 1 });
    expect(await batch(broadcastId)).toMatchObject({ done: true, unknown: 1 });
  });

  test('stops at shutdown, finishing what is under way', async () => {
    const shutdown = new AbortController();
    const broadcastId = await queue(await manyCreators(60, (i) => ({ sms: `+3161${i}` })));
    sms.answer = async (message) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return accepted(message.id);
    };
    let beats = 0;
    const result = await sendBatch(world.db, { workspaceId: world.workspaceId, broadcastId }, {
      signal: shutdown.signal,
      heartbeat: ({ sent }) => {
        beats += 1;
        if (sent >= 6) shutdown.abort();
      },
    });
    expect(result.done).toBe(false);
    expect(beats).toBeGreaterThan(0);
    const { queued, claimed, sent } = await counts(broadcastId);
    expect(claimed).toBe(0);
    expect(sent).toBeLessThan(20);
    expect(queued + sent).toBe(60);
  });

  test('ends for a channel that is configured no more', async () => {
    const broadcastId = await queue(await manyCreators(2, (i) => ({ email: `o${i}@x.test` })));
    await world.run((tx) => planBroadcast(tx, broadcastId, 500));
    await world.rows(`update delivery set channel = 'fax' where broadcast_id = ?`, [broadcastId]);
    mail.answer = (message) => accepted(message.id);
    expect((await toTheEnd(broadcastId)).at(-1)).toMatchObject({ done: true });
    expect(await counts(broadcastId)).toMatchObject({ sent: 2 });
  });

  test('waits while the campaign is paused, when nobody wrote it by hand', async () => {
    const campaignId = await world.addCampaign({ paused: true });
    const creators = await manyCreators(1, () => ({ email: 'q@x.test' }));
    expect(await batch(await queue(creators, true, campaignId))).toMatchObject({ done: false, sent: 0 });
    expect(await batch(await queue(creators, false, campaignId))).toMatchObject({ done: true, sent: 1 });
  });
});

test('an empty broadcast is done at once, and a repeated one is the first', async () => {
  const recipients = [{ creatorId: await world.addCreator(), texts: { text: 'x' } }];
  const input = { kind: 'group', dedupeKey: 'same', purpose: 'notice', automatic: true, recipients } as const;
  const both = await Promise.all([world.run((tx) => queueBroadcast(tx, input)), world.run((tx) => queueBroadcast(tx, input))]);
  expect(both[0]).toEqual(both[1]);
  const empty = await queue([]);
  expect(await broadcast(empty)).toEqual({ status: 'done', total: 0 });
  expect(await batch(empty)).toMatchObject({ done: true });
});
