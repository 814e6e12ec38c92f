import { continueAsNew, patched, proxyActivities } from '@temporalio/workflow';
import type { Attempt, BroadcastActivities } from '../activities.js';
import { historyIsLong } from '../history-limit.js';
import { nudgeBell, type NudgeBell } from '../nudge-bell.js';
import { batchOptions } from '../options.js';
import type { BroadcastRef } from '../refs.js';

const { sendBatch } = proxyActivities<BroadcastActivities>(batchOptions);

/** Sends a broadcast batch by batch, several side by side. Who was sent what is in the delivery rows, so any attempt may be cut off anywhere. */
export async function broadcastWorkflow(ref: BroadcastRef): Promise<void> {
  const bell = nudgeBell();
  while (!historyIsLong()) {
    bell.answer();
    const batch = await round(ref, bell);
    if (batch.done && !bell.rung) return;
    // 0 is "at once, there is more": only a batch that did something says so.
    if (!batch.done && batch.retryAfterMs > 0) await bell.wait(batch.retryAfterMs);
  }
  await continueAsNew<typeof broadcastWorkflow>(ref);
}

/** One batch, and while there is more at once, as many lanes of them as have something to do. */
async function round(ref: BroadcastRef, bell: NudgeBell): Promise<Attempt> {
  const first = await sendBatch({ ...ref, at: Date.now() });
  const lanes = first.lanes ?? 1;
  // More than a second to wait: nothing is due in any lane.
  if (first.done || lanes < 2 || first.retryAfterMs > 1_000 || !patched('broadcast-lanes')) return first;
  const ends = await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(ref, bell, lane)));
  if (ends.some(({ done }) => done)) return { done: true };
  return { done: false, retryAfterMs: Math.min(...ends.map((end) => (end.done ? 0 : end.retryAfterMs))) };
}

/** Batch after batch, until there is nothing more at once. */
async function runLane(ref: BroadcastRef, bell: NudgeBell, lane: number): Promise<Attempt> {
  for (;;) {
    const batch = await sendBatch({ ...ref, at: Date.now(), ...(lane > 0 && { lane }) });
    if (batch.done || batch.retryAfterMs > 0 || bell.rung || historyIsLong()) return batch;
  }
}
