import { condition, continueAsNew, defineSignal, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { BroadcastActivities } from '../activities.js';
import { nudgeSignal } from '../names.js';
import { batchOptions } from '../options.js';
import type { BroadcastRef } from '../refs.js';

const { sendBatch } = proxyActivities<BroadcastActivities>(batchOptions);

/** Sends a broadcast batch by batch. Who was sent what is in the delivery rows, so any attempt may be cut off anywhere. */
export async function broadcastWorkflow(ref: BroadcastRef): Promise<void> {
  let nudged = false;
  setHandler(defineSignal(nudgeSignal), () => {
    nudged = true;
  });
  for (;;) {
    nudged = false;
    const batch = await sendBatch({ ...ref, at: Date.now() });
    if (batch.done) return;
    if (batch.retryAfterMs > 0) await condition(() => nudged, batch.retryAfterMs);
    if (workflowInfo().historyLength > 1_000) await continueAsNew<typeof broadcastWorkflow>(ref);
  }
}
