import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startProduct, type Product } from '../../../src/product/index.js';
import { expectSame, kill } from './kill.js';
import { play, steps } from './play.js';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 180_000);
afterAll(async () => product.stop(), 60_000);

test('kill -9 of the worker, which is the relay as well, at every step of a campaign leaves the same transcript as none', async () => {
  const calm = await play(product, { run: 'calm', dayMs: 600_000, close: 'early' });
  expect(calm).toMatchObject({ unknown: 0, group: ['Ana', 'Bo', 'Cyd'] });
  expect(calm.arrived).toHaveLength(calm.messages.filter((line) => !line.endsWith('in-app')).length);

  expectSame(await play(product, { run: 'wrkr', dayMs: 600_000, close: 'early' }, () => kill(product, 'worker')), calm, steps.length);
}, 300_000);
