import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import type { SendingActivities } from '../activities.js';
import { nudgeSignal } from '../names.js';
import { outsideOptions } from '../options.js';
import type { MessageRef } from '../refs.js';

const { sendMessage } = proxyActivities<SendingActivities>(outsideOptions);

/** Brings one message to one creator: an attempt, and another after the wait its outcome asks for, until it is settled. */
export async function messageWorkflow(ref: MessageRef): Promise<void> {
  let nudged = false;
  setHandler(defineSignal(nudgeSignal), () => {
    nudged = true;
  });
  for (;;) {
    nudged = false;
    const attempt = await sendMessage({ ...ref, at: Date.now() });
    if (attempt.done) return;
    await condition(() => nudged, attempt.retryAfterMs);
  }
}
