import type { ChannelPlugin } from '@sevenfold/plugin-sdk';
import type { Attempt } from '../../inbox/sending/attempt.js';
import { gateOf } from '../../inbox/sending/gate.js';
import { handOver } from '../../inbox/sending/hand-over.js';
import type { Ended } from '../../inbox/sending/mark.js';
import { Marker } from './marker.js';

/** How long marks of cheap messages are collected. */
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
 * Sends what is due on one channel until nothing is. A row is claimed when a connection is free for it, and never more
 * than twice the connections are claimed and unmarked, which is what one crash can leave unknown.
 * @throws the first error of a mark that could not be written, after everything under way has ended
 */
export async function sendChannel({ plugin, claim, write, signal }: ChannelRun): Promise<void> {
  const { connections, repeatCostsMoney } = plugin.traits;
  const gate = gateOf(plugin);
  const marker = new Marker({ write, groupMs, groupSize: repeatCostsMoney ? 1 : connections });
  const open = new Set<Promise<void>>();
  const errors: unknown[] = [];

  const one = async (attempt: Attempt): Promise<void> => {
    const outcome = await handOver(plugin, attempt, signal).finally(() => gate.leave(1));
    await marker.add({ attempt, outcome });
  };

  for (;;) {
    while (open.size >= 2 * connections) await Promise.race(open);
    const entered = await gate.enter(Math.min(connections, 2 * connections - open.size), signal);
    if (entered === 0 || errors.length > 0) {
      gate.giveBack(entered);
      break;
    }
    const { looked, attempts } = await claim(entered).catch((error: unknown) => {
      errors.push(error);
      return { looked: 0, attempts: [] };
    });
    gate.giveBack(entered - attempts.length);
    for (const attempt of attempts) {
      const run = one(attempt).catch((error: unknown) => void errors.push(error)).finally(() => open.delete(run));
      open.add(run);
    }
    if (looked === 0) break;
  }
  await Promise.all(open);
  if (errors.length > 0) throw errors[0];
}
