import { continueAsNew, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { BroadcastActivities } from '../activities.js';
import { batchOptions } from '../options.js';
import type { BroadcastRef } from '../refs.js';

const { sendBatch } = proxyActivities<BroadcastActivities>(batchOptions);

/** Sends a broadcast batch by batch. Who was sent what is in the delivery rows, so any attempt may be cut off anywhere. */
export async function broadcastWorkflow(ref: BroadcastRef): Promise<void> {
  for (;;) {
    const batch = await sendBatch({ ...ref, at: Date.now() });
    if (batch.done) return;
    if (batch.retryAfterMs > 0) await sleep(batch.retryAfterMs);
    if (workflowInfo().historyLength > 1_000) await continueAsNew<typeof broadcastWorkflow>(ref);
  }
}
