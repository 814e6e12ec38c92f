import { notSent, type ChannelPlugin } from '@sevenfold/plugin-sdk';
import type { Attempt } from '../../inbox/sending/attempt.js';
import { gateOf } from '../../inbox/sending/gate.js';
import { handOver } from '../../inbox/sending/hand-over.js';
import type { Ended } from '../../inbox/sending/mark.js';
import { Marker } from './marker.js';

/** How long marks of cheap messages are collected, in ms. */
const groupMs = 50;

export interface ChannelRun {
  plugin: ChannelPlugin;
  /** Takes up to `limit` from what may still be sent in this batch, and claims them. */
  claim: (limit: number) => Promise<{ looked: number; attempts: Attempt[] }>;
  /** Marks a group in one transaction. */
  write: (group: readonly Ended[]) => Promise<void>;
  signal?: AbortSignal | undefined;
}

/**
 * Sends what is due on one channel until nothing is. Where a repeat costs money a row is claimed when a connection is
 * free for it and marked by itself; elsewhere a connection's next row is claimed while it is busy, so that never more
 * than twice the connections are claimed and unmarked. That is what one crash can leave unknown.
 * @throws the first error of a mark that could not be written, after everything under way has ended
 */
export async function sendChannel({ plugin, claim, write, signal }: ChannelRun): Promise<void> {
  const { connections, repeatCostsMoney } = plugin.traits;
  const gate = gateOf(plugin);
  const marker = new Marker({ write, groupMs, groupSize: repeatCostsMoney ? 1 : connections });
  const open = new Set<Promise<void>>();
  const errors: unknown[] = [];

  const one = async (attempt: Attempt, entered: boolean): Promise<void> => {
    if (!entered && (await gate.enter(1, signal)) === 0) {
      return marker.add({ attempt, outcome: notSent('shutting down', 0) });
    }
    const outcome = await handOver(plugin, attempt, signal).finally(() => gate.leave(1));
    await marker.add({ attempt, outcome });
  };
  const run = (attempt: Attempt, entered: boolean): void => {
    const ending = one(attempt, entered)
      .catch((error: unknown) => void errors.push(error))
      .finally(() => open.delete(ending));
    open.add(ending);
  };

  while (!signal?.aborted && errors.length === 0) {
    while (open.size > connections) await Promise.race(open);
    const entered = repeatCostsMoney ? await gate.enter(connections, signal) : 0;
    const { looked, attempts } = await claim(repeatCostsMoney ? entered : connections).catch((error: unknown) => {
      errors.push(error);
      return { looked: 0, attempts: [] };
    });
    if (repeatCostsMoney) gate.giveBack(entered - attempts.length);
    for (const attempt of attempts) run(attempt, repeatCostsMoney);
    if (looked === 0) break;
  }
  await Promise.all(open);
  if (errors.length > 0) throw errors[0];
}
