import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { SendingActivities } from '../activities.js';
import { historyIsLong } from '../history-limit.js';
import { nudgeBell } from '../nudge-bell.js';
import { outsideOptions } from '../options.js';
import type { MessageRef } from '../refs.js';

const { sendMessage } = proxyActivities<SendingActivities>(outsideOptions);

/** Attempts that change nothing, one after the other, are at least this far apart. */
const shortestWait = 1_000;

/** Brings one message to one creator: an attempt, and another after the wait its outcome asks for, until it is settled. */
export async function messageWorkflow(ref: MessageRef): Promise<void> {
  const bell = nudgeBell();
  while (!historyIsLong()) {
    bell.answer();
    const attempt = await sendMessage({ ...ref, at: Date.now() });
    if (!attempt.done) await bell.wait(Math.max(attempt.retryAfterMs, shortestWait));
    // A bounce that came in during the last attempt asks for another look, not for silence.
    else if (!bell.rung) return;
  }
  await continueAsNew<typeof messageWorkflow>(ref);
}
