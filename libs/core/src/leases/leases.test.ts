import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { createLogger } from '@sevenfold/platform/logging';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { until } from '@sevenfold/testing/util';
import { Leases } from './leases.js';

let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([]);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
const stopping: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stopping.splice(0)) await stop();
});

/** A process that says which keys it begins and ends to work on. */
function process(name: string, log: string[], work: (signal: AbortSignal) => Promise<void> = lasting) {
  const controller = new AbortController();
  const leases = new Leases({
    url: world.database.systemUrl, prefix: 'test:', signal: controller.signal, logger: createLogger({ name: 'test', level: 'silent' }), everyMs: 50, longestPauseMs: 100,
    work: async (key, signal) => {
      log.push(`${name} begins ${key}`);
      await work(signal).finally(() => log.push(`${name} ends ${key}`));
    },
  });
  const stop = async (): Promise<void> => (controller.abort(), leases.ended);
  stopping.push(stop);
  return { leases, stop };
}
const lasting = (signal: AbortSignal) => new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));
const patient = { timeoutMs: 60_000 };

test('each key is one process’s, over one connection; another one takes over what is let go, lost or left behind', async () => {
  const log: string[] = [];
  const [one, two] = [process('one', log), process('two', log)];
  one.leases.want(new Set(['a', 'b']));
  await until(() => one.leases.owned.length === 2, { what: 'both', ...patient });
  two.leases.want(new Set(['a', 'b', 'c']));
  await until(() => two.leases.owned.includes('c'), { what: 'the third', ...patient });
  expect(two.leases.owned).toEqual(['c']);
  const connections = () => world.rows<{ pid: number }>(`select distinct l.pid from pg_locks l where l.locktype = 'advisory' and l.granted and l.database = (select oid from pg_database where datname = current_database())`);
  expect(await connections()).toHaveLength(2);

  one.leases.want(new Set(['b']));
  await until(() => two.leases.owned.includes('a'), { what: 'what was let go', ...patient });
  expect(log.indexOf('one ends a')).toBeLessThan(log.indexOf('two begins a'));

  // A connection that is cut: both stop, and somebody has each of them again.
  for (const { pid } of await connections()) await world.rows('select pg_terminate_backend(?)', [pid]);
  await until(() => ['a', 'b', 'c'].every((key) => log.filter((each) => each.includes('begins') && each.endsWith(key)).length > (key === 'a' ? 2 : 1)), { what: 'all to begin again', ...patient });
  expect(log.filter((each) => each === 'one ends b')).toHaveLength(1);

  await one.stop();
  await until(() => two.leases.owned.length === 3, { what: 'what was left behind', ...patient });
}, 120_000);

test('work that breaks off, or ends, is run again by its owner', async () => {
  const log: string[] = [];
  const { leases, stop } = process('one', log, async () => {
    if (log.length < 4) throw new Error('broken');
  });
  leases.want(new Set(['a']));
  await until(() => log.length >= 8, { what: 'four runs', ...patient });
  await stop();
}, 120_000);
