import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { BroadcastActivities } from '../activities.js';
import { historyIsLong } from '../history-limit.js';
import { nudgeBell } from '../nudge-bell.js';
import { batchOptions } from '../options.js';
import type { BroadcastRef } from '../refs.js';

const { sendBatch } = proxyActivities<BroadcastActivities>(batchOptions);

/** Sends a broadcast batch by batch. Who was sent what is in the delivery rows, so any attempt may be cut off anywhere. */
export async function broadcastWorkflow(ref: BroadcastRef): Promise<void> {
  const bell = nudgeBell();
  while (!historyIsLong()) {
    bell.answer();
    const batch = await sendBatch({ ...ref, at: Date.now() });
    if (batch.done && !bell.rung) return;
    // 0 is "at once, there is more": only a batch that did something says so.
    if (!batch.done && batch.retryAfterMs > 0) await bell.wait(batch.retryAfterMs);
  }
  await continueAsNew<typeof broadcastWorkflow>(ref);
}
