import { isAlive, until } from '../../../src/util/index.js';
import type { Product } from '../../../src/product/index.js';
import type { Transcript } from './play.js';
import { expect } from '@jest/globals';

export type Victim = Parameters<Product['pidOf']>[0];

/** kill -9, once it is up; the launcher starts it again as any supervisor would. */
export async function kill(product: Product, name: Victim): Promise<void> {
  const pid = await until(
    async () => {
      const found = await product.pidOf(name);
      return isAlive(found) && found;
    },
    { timeoutMs: 60_000, everyMs: 100, what: `${name} to be there to be killed` },
  );
  process.kill(pid, 'SIGKILL');
}

/** The same messages, marks and records; what may have left twice or never is counted as unknown, never hidden. */
export function expectSame(disturbed: Transcript, calm: Transcript, kills: number): void {
  const { unknown, arrived, ...rest } = disturbed;
  const { unknown: _none, arrived: expected, ...same } = calm;
  expect(rest).toEqual(same);
  expect(arrived.filter((each, index) => arrived.indexOf(each) !== index)).toEqual([]);
  expect(arrived.filter((each) => !expected.includes(each))).toEqual([]);
  expect(expected.filter((each) => !arrived.includes(each)).length).toBeLessThanOrEqual(unknown);
  expect(unknown).toBeLessThanOrEqual(kills * 2);
}
