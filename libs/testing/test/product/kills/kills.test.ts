import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startProduct, type Product } from '../../../src/product/index.js';
import { until } from '../../../src/util/index.js';
import { play, type Step, type Transcript } from './play.js';

let product: Product;
let undisturbed: Transcript;
beforeAll(async () => {
  product = await startProduct();
  undisturbed = await play(product, 'calm', async () => undefined);
}, 300_000);
afterAll(async () => product.stop(), 60_000);

/** kill -9, then on: the launcher starts it again as any supervisor would. */
async function kill(name: 'worker' | 'api' | 'temporal' | 'postgres'): Promise<void> {
  const pid = await product.pidOf(name);
  process.kill(pid, 'SIGKILL');
  if (name !== 'api') return;
  await until(async () => (await product.api.get('/healthz')).status === 200, { timeoutMs: 60_000, everyMs: 200, what: 'the API to be back' });
}

/** The same messages, marks and records; what may have left twice or never is counted as unknown, never hidden. */
function same(disturbed: Transcript, kills: number): void {
  const { unknown, arrived, ...rest } = disturbed;
  const { unknown: _none, arrived: expected, ...calm } = undisturbed;
  expect(rest).toEqual(calm);
  expect(new Set(arrived).size).toBe(arrived.length);
  const lost = expected.filter((each) => !arrived.includes(each));
  expect(arrived.filter((each) => !expected.includes(each))).toEqual([]);
  expect(lost.length).toBeLessThanOrEqual(unknown);
  expect(unknown).toBeLessThanOrEqual(kills * 2);
}

describe('kill -9 at every step of a campaign leaves the same transcript as none', () => {
  test('the undisturbed campaign is what it should be', () => {
    expect(undisturbed).toMatchObject({ unknown: 0, group: ['Ana', 'Bo', 'Cyd'] });
    expect(undisturbed.milestones).toEqual(['story done', 'select done', 'invite done', 'agreements done', 'summary done', 'close done']);
    expect(undisturbed.arrived.length).toBe(undisturbed.messages.filter((line) => !line.endsWith('in-app')).length);
  });

  test('the worker, which is the relay as well', async () => {
    const killed: Step[] = [];
    const transcript = await play(product, 'wrkr', async (step) => {
      await kill('worker');
      killed.push(step);
    });
    same(transcript, killed.length);
  }, 240_000);

  test('the API', async () => {
    same(await play(product, 'apix', () => kill('api')), 9);
  }, 240_000);
});
