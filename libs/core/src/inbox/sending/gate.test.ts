import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { Gate, gateOf, type Pass } from './gate.js';
import { Pacer } from './rate/pacer.js';
import { reserveIn } from './rate/reserve.js';

let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([]);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

/** What a process has of a sender: a gate of its own, and the budget in the database that all share. */
const door = (key: string, rate: number, connections = 10) => new Gate(connections, new Pacer(key, rate, reserveIn(world.db, world.workspaceId)));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends as fast as it is let, and notes when each message arrived. */
async function bulk(gate: Gate, arrived: number[], until: () => boolean): Promise<void> {
  while (!until()) {
    const passes = await gate.enter(5, { signal: AbortSignal.timeout(3_000) });
    await Promise.all(passes.map(async (pass) => hand(pass, arrived)));
  }
}
async function hand(pass: Pass, arrived: number[]): Promise<void> {
  if (!pass.begin()) return pass.giveBack();
  arrived.push(performance.now());
  await pause(2);
  pass.leave();
}
function busiest(instants: readonly number[]): number {
  const sorted = instants.toSorted((a, b) => a - b);
  return Math.max(...sorted.map((from, index) => sorted.slice(index).filter((at) => at - from < 1_000).length));
}

describe('the pace of a sender', () => {
  test('holds over processes that know nothing of each other, in any sliding second', async () => {
    const arrived: number[] = [];
    const over = () => arrived.length >= 120;
    await Promise.all([bulk(door('mail:a', 40), arrived, over), bulk(door('mail:a', 40), arrived, over), bulk(door('mail:a', 40), arrived, over)]);
    expect(busiest(arrived)).toBeLessThanOrEqual(40);
    expect(arrived.length).toBeGreaterThanOrEqual(120);
  }, 60_000);

  test('lets an answer to a person through before the many, also in another process', async () => {
    const arrived: number[] = [];
    let over = false;
    const many = [door('sms:b', 4), door('sms:b', 4)];
    const sending = many.map((gate) => bulk(gate, arrived, () => over));
    await pause(1_500);
    const before = arrived.length;
    const [pass] = await door('sms:b', 4).enter(1, { urgent: true });
    pass?.begin();
    // A few were granted already; nobody else was let in before.
    expect(arrived.length - before).toBeLessThanOrEqual(6);
    pass?.leave();
    const [own] = await (many[0]?.enter(1, { urgent: true }) ?? []);
    own?.begin();
    own?.leave();
    over = true;
    await Promise.all(sending);
    expect(own).toBeDefined();
  }, 60_000);

  test('is not lost with a process that dies holding it', async () => {
    const dying = door('sms:c', 2);
    expect((await dying.enter(2)).length).toBeGreaterThan(0); // and never leaves
    const began = performance.now();
    const [pass] = await door('sms:c', 2).enter(1);
    expect(pass).toBeDefined();
    expect(performance.now() - began).toBeLessThan(10_000);
  }, 60_000);

  test('below the sender’s, of a broadcast, counts besides', async () => {
    const gate = door('mail:d', 100);
    const limit = new Pacer('broadcast:x:email', 10, reserveIn(world.db, world.workspaceId));
    const arrived: number[] = [];
    while (arrived.length < 25) for (const pass of await gate.enter(5, { limit })) await hand(pass, arrived);
    expect(busiest(arrived)).toBeLessThanOrEqual(10);
  }, 60_000);

  test('is each own mailbox’s own: one connection a process, a budget over all, and none of the channel’s', async () => {
    const none = { check: async () => ({ ok: true as const, cursor: null }), send: async () => ({ outcome: 'not_sent' as const, reason: '' }), read: async () => undefined };
    const channel = () => ({ ...fakeChannel({ channel: 'mail', traits: { ratePerSecond: 1, connections: 7 } }), mailboxes: { ...none, ratePerSecond: 10 } });
    const processes = [channel(), channel()];
    const of = (mailbox: string) => processes.map((plugin) => gateOf(plugin, world.db, world.workspaceId, mailbox));
    expect(of('one').map(({ connections }) => connections)).toEqual([1, 1]);
    expect(of('one')[0]).toBe(of('one')[0]);
    expect(of('one')[0]).not.toBe(of('two')[0]);
    expect(processes.map((plugin) => gateOf(plugin, world.db, world.workspaceId).connections)).toEqual([7, 7]);
    const arrived: number[] = [];
    await Promise.all(of('one').map((gate) => bulk(gate, arrived, () => arrived.length >= 25)));
    expect(busiest(arrived)).toBeLessThanOrEqual(10);
  }, 60_000);
});
