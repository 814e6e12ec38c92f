import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { createLogger } from '@sevenfold/platform/logging';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { until } from '@sevenfold/testing/util';
import { Lease } from './lease.js';

let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([]);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const stopping: AbortController[] = [];
afterEach(() => {
  for (const controller of stopping.splice(0)) controller.abort();
});

/** A process that says when it begins and ends its work. */
function process(name: string, log: string[], work: (signal: AbortSignal) => Promise<void> = lasting) {
  const controller = new AbortController();
  stopping.push(controller);
  const lease = new Lease({
    url: world.database.systemUrl, name: 'mailbox', signal: controller.signal, logger: createLogger({ name: 'test', level: 'silent' }), everyMs: 50, longestPauseMs: 100,
    work: async (signal) => {
      log.push(`${name} begins`);
      await work(signal).finally(() => log.push(`${name} ends`));
    },
  });
  return { lease, stop: async () => (controller.abort(), lease.ended) };
}
const lasting = (signal: AbortSignal) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

test('of many one works; the next takes over when it stops, and when its connection is cut', async () => {
  const log: string[] = [];
  const one = process('one', log);
  await until(() => log.length === 1, { what: 'the first owner' });
  const others = [process('two', log), process('three', log)];
  await until(() => others.every(({ lease }) => lease.state === 'waiting'), { what: 'the others to wait' });
  expect(log).toEqual(['one begins']);
  await one.stop();
  await until(() => log.length === 3, { what: 'the next owner' });
  expect(log.slice(0, 2)).toEqual(['one begins', 'one ends']);

  const owner = others.find(({ lease }) => lease.state === 'owner');
  const [{ pid } = { pid: 0 }] = await world.rows<{ pid: number }>(`select pid from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database()) limit 1`);
  await world.rows('select pg_terminate_backend(?)', [pid]);
  await until(() => log.filter((each) => each.endsWith('begins')).length === 3, { what: 'work to go on' });
  const name = owner === others[0] ? 'two' : 'three';
  expect(log.indexOf(`${name} ends`)).toBeGreaterThan(0); // who lost it was told to stop
  for (const each of others) await each.stop();
}, 30_000);

test('work that breaks off, or ends, is run again by its owner', async () => {
  const log: string[] = [];
  const { stop } = process('one', log, async () => {
    if (log.length < 4) throw new Error('broken');
  });
  await until(() => log.length >= 8, { what: 'four runs' });
  await stop();
});
