import { notSent, type ChannelPlugin } from '@sevenfold/plugin-sdk';
import type { Attempt } from '../../inbox/sending/attempt.js';
import type { Gate, Pass } from '../../inbox/sending/gate.js';
import { handOver } from '../../inbox/sending/hand-over.js';
import type { Pacer } from '../../inbox/sending/rate/pacer.js';
import type { Marked } from '../../inbox/sending/apply-marks.js';
import type { Marker } from './marker.js';

export interface ChannelRun {
  plugin: ChannelPlugin;
  gate: Gate;
  /** The broadcast's own limit, below the sender's. */
  limit?: Pacer | undefined;
  /** Claims up to `most` of what is left; `over` when there is no more, or nothing may leave now. */
  claim: (most: number) => Promise<{ attempts: Attempt[]; over: boolean }>;
  marker: Marker;
  /** Told of each message that was marked. */
  onMarked: (marked: Marked | undefined) => void;
  signal?: AbortSignal | undefined;
}

/**
 * Sends what is due on one channel until nothing is. Where a repeat costs money, or a pace is kept, a row is claimed when a
 * connection and the right to send are there for it; elsewhere a connection's next row is claimed while it is busy. Never
 * more than twice the connections are claimed and unmarked: that is what one crash can leave unknown.
 * @throws the first error of a claim or of a mark that could not be written, after everything under way has ended
 */
export async function sendChannel({ plugin, gate, limit, claim, marker, onMarked, signal }: ChannelRun): Promise<void> {
  const { connections, repeatCostsMoney } = plugin.traits;
  const passFirst = repeatCostsMoney || gate.pacer !== undefined || limit !== undefined;
  const open = new Set<Promise<void>>();
  const errors: unknown[] = [];

  const one = async (attempt: Attempt, given: Pass | undefined): Promise<void> => {
    const pass = given ?? (await gate.enter(1, { signal }))[0];
    const outcome = pass ? await handOver(plugin, attempt, { shutdown: signal, pass }) : notSent('shutting down', 0);
    onMarked(await marker.add({ attempt, outcome }));
  };
  const run = (attempt: Attempt, pass: Pass | undefined): void => {
    const ending = one(attempt, pass)
      .catch((error: unknown) => void errors.push(error))
      .finally(() => {
        gate.room.leave(1);
        open.delete(ending);
      });
    open.add(ending);
  };

  const claimAndRun = async (): Promise<boolean> => {
    const room = await gate.room.enter(connections, signal);
    const passes = passFirst && room > 0 ? await gate.enter(room, { signal, limit }) : [];
    const most = passFirst ? passes.length : room;
    const claimed = most === 0 ? { attempts: [], over: false } : await claim(most).catch((error: unknown) => {
      errors.push(error);
      return { attempts: [], over: true };
    });
    for (const pass of passes.slice(claimed.attempts.length)) pass.giveBack();
    gate.room.leave(room - claimed.attempts.length);
    claimed.attempts.forEach((attempt, index) => run(attempt, passes[index]));
    return claimed.over;
  };

  for (let over = false; !over && !signal?.aborted && errors.length === 0;) over = await marker.turns.take(claimAndRun);
  await Promise.all(open);
  if (errors.length > 0) throw errors[0];
}
