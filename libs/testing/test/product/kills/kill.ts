import { expect } from '@jest/globals';
import type { Product } from '../../../src/product/index.js';
import { isAlive, until } from '../../../src/util/index.js';
import type { Transcript } from './transcript.js';

export type Victim = Parameters<Product['pidOf']>[0];

/** kill -9, once it is up; the launcher starts it again as any supervisor would. */
export async function kill(product: Product, name: Victim, copy = 1): Promise<void> {
  signalled(await running(product, name, copy), 'SIGKILL');
}

/** It stands still, as if its machine hung, until the function given back is called. */
export async function freeze(product: Product, name: Victim): Promise<() => void> {
  const pid = await running(product, name);
  signalled(pid, 'SIGSTOP');
  return () => signalled(pid, 'SIGCONT');
}

/** Its process id, once there is one that lives. */
export function running(product: Product, name: Victim, copy = 1): Promise<number> {
  const alive = async () => {
    const pid = await product.pidOf(name, copy);
    return isAlive(pid) && pid;
  };
  return until(alive, { timeoutMs: 60_000, everyMs: 50, what: `${name} to be there` });
}

function signalled(pid: number, signal: NodeJS.Signals): void {
  process.kill(pid, signal);
}

/**
 * Six hours of a day of seconds are a few seconds: a newsletter that a kill has delayed by more joins the next, and says so, as
 * it shall. Whether it is sent, once, is compared like everything else.
 */
function onTime({ notices, posts, audit, ...rest }: Transcript): Transcript {
  const { 'newsletter.joined-next': _late, ...kept } = audit;
  const said = (kind: string): boolean => kind !== 'newsletter-joined-next';
  return { ...rest, notices: notices.filter(said), posts: posts.filter(said), audit: kept };
}

/** The same messages, marks and records; what may have left twice or never is counted as unknown, never hidden. */
export function expectSame(disturbed: Transcript, calm: Transcript, kills: number): void {
  const { unknown, arrived, ...rest } = onTime(disturbed);
  const { unknown: _none, arrived: expected, ...same } = onTime(calm);
  expect(rest).toEqual(same);
  expect(arrived.filter((each, index) => arrived.indexOf(each) !== index)).toEqual([]);
  expect(arrived.filter((each) => !expected.includes(each))).toEqual([]);
  expect(expected.filter((each) => !arrived.includes(each)).length).toBeLessThanOrEqual(unknown);
  expect(unknown).toBeLessThanOrEqual(kills * 2);
}
