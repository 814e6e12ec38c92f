import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createLogger } from '@sevenfold/platform/logging';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { until } from '@sevenfold/testing/util';
import { outbox } from '../outbox.js';
import type { RelayItem } from './claim.js';
import { Relay, type RelayParts } from './relay.js';

let world: MessagingWorld;
const started: Relay[] = [];
beforeAll(async () => {
  world = await messagingWorld([]);
}, 120_000);
afterEach(async () => {
  await Promise.all(started.splice(0).map((relay) => relay.stop()));
  await world.rows('delete from outbox_item');
});
afterAll(() => world[Symbol.asyncDispose]());

const relay = (deliver: RelayParts['deliver'], more: Partial<RelayParts> = {}): Relay => {
  const made = new Relay({
    system: world.system, listenUrl: world.database.systemUrl, logger: createLogger({ name: 'test', level: 'silent' }), deliver, ...more,
  });
  started.push(made);
  return made;
};
const write = (count: number) =>
  world.run(async (tx) => {
    for (let i = 0; i < count; i += 1) await outbox(tx, 'message.queued', { messageId: `m${i}` });
  });
const open = async () => (await world.rows<{ n: number }>('select count(*)::int as n from outbox_item where done_at is null'))[0]?.n;

describe('the relay', () => {
  test('delivers each item once when nothing breaks, however many relays there are', async () => {
    await write(300);
    const seen: string[] = [];
    const deliver = async (item: RelayItem) => void seen.push(item.id);
    await Promise.all([relay(deliver), relay(deliver), relay(deliver)].map((each) => each.drainOnce()));
    expect(seen).toHaveLength(300);
    expect(new Set(seen).size).toBe(300);
    expect(await open()).toBe(0);
  });

  test('finds an item whose transaction committed later than its successors', async () => {
    const seen: string[] = [];
    const one = relay(async (item) => void seen.push(String(item.payload.messageId)));
    let commit: (() => void) | undefined;
    const slow = world.run(async (tx) => {
      await outbox(tx, 'message.queued', { messageId: 'early' });
      await tx.em.flush();
      await new Promise<void>((resolve) => (commit = resolve));
    });
    await until(() => commit, { what: 'the slow one' });
    await write(1);
    await one.drainOnce();
    expect(seen).toEqual(['m0']);
    commit?.();
    await slow;
    await one.drainOnce();
    expect(seen).toEqual(['m0', 'early']);
  });

  test('tries again later and longer, remembers no personal data, and holds up no other', async () => {
    await write(3);
    const tries: number[] = [];
    const one = relay(async (item) => {
      if (item.payload.messageId !== 'm1') return;
      tries.push(item.attempts);
      if (tries.length < 4) throw Object.assign(new Error('ada@example.org is wrong'), { code: 'EBROKEN' });
    });
    expect(await one.drainOnce()).toEqual({ delivered: 2, failed: 1 });
    expect(await one.drainOnce()).toEqual({ delivered: 0, failed: 0 });
    expect(await world.rows('select attempts, last_error from outbox_item where done_at is null')).toEqual([{ attempts: 1, last_error: 'EBROKEN' }]);
    for (const seconds of [1, 2, 4]) {
      world.clock.advance(seconds * 1_000 - 1);
      expect(await one.drainOnce()).toEqual({ delivered: 0, failed: 0 });
      world.clock.advance(1);
      await one.drainOnce();
    }
    expect(tries).toEqual([0, 1, 2, 3]);
    expect(await open()).toBe(0);
  });

  test('killed while delivering, it loses nothing: another delivers again', async () => {
    await write(2);
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const dying = relay(() => ended);
    const dead = dying.drainOnce().catch(() => 'killed');
    const claims = `from pg_stat_activity where query like '%skip locked%' and state = 'idle in transaction' and datname = current_database()`;
    await until(() => world.rows(`select 1 ${claims}`).then((rows) => rows.length > 0), { what: 'the claim' });
    const seen: string[] = [];
    const other = relay(async (item) => void seen.push(item.id));
    expect(await other.drainOnce()).toEqual({ delivered: 0, failed: 0 }); // in somebody's hands
    await world.rows(`select pg_terminate_backend(pid) ${claims}`);
    await until(async () => (await other.drainOnce()).delivered + seen.length >= 2, { what: 'the items' });
    expect(new Set(seen).size).toBe(2);
    expect(await open()).toBe(0);
    end();
    expect(await dead).toBe('killed');
  });

  test('hears at once, hears again after its connection was cut, and drains before it stops', async () => {
    const seen: string[] = [];
    let release: () => void = () => undefined;
    const one = relay(
      async (item) => {
        if (item.payload.messageId === 'm4') await new Promise<void>((resolve) => (release = resolve));
        seen.push(item.id);
      },
      { pollMs: 60_000 },
    );
    one.start();
    await until(() => one.health().listening, { what: 'listening' });
    await write(1);
    await until(() => seen.length === 1, { what: 'the first', timeoutMs: 2_000 });
    await world.rows(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sevenfold-listen' and datname = current_database()`);
    await until(() => !one.health().listening, { what: 'the cut' });
    await write(1); // said while nobody listened
    await until(() => seen.length === 2, { what: 'the second', timeoutMs: 5_000 });
    expect(one.health()).toMatchObject({ ok: true });

    await write(5);
    await until(() => seen.length === 6, { what: 'the others' });
    const stopped = one.stop();
    release();
    await stopped;
    expect(seen).toHaveLength(7);
    expect(await open()).toBe(0);
    expect(await one.lag()).toEqual({ waiting: 0, oldestMs: 0 });
  });

  test('gives up on a delivery that never ends, and keeps the item', async () => {
    await write(1);
    const one = relay(() => new Promise(() => undefined), { deliverMs: 30 });
    expect(await one.drainOnce()).toEqual({ delivered: 0, failed: 1 });
    expect(await world.rows('select last_error from outbox_item where done_at is null')).toEqual([{ last_error: 'timeout' }]);
  });

  test('polls when nothing rings', async () => {
    const seen: string[] = [];
    const one = relay(async (item) => void seen.push(item.id), { pollMs: 50, listenUrl: 'postgres://nobody@127.0.0.1:1/none' });
    one.start();
    await write(1);
    await until(() => seen.length === 1, { what: 'the item' });
    expect(one.health()).toMatchObject({ ok: true, listening: false });
  });
});
