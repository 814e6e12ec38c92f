import { condition, continueAsNew, defineSignal, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { SweepActivities } from '../activities.js';
import { nudgeSignal } from '../names.js';
import { factOptions } from '../options.js';

const { sweepDue } = proxyActivities<SweepActivities>({ ...factOptions, startToCloseTimeout: '2 minutes' });

/** Comes by even unasked, so that a lost nudge costs at most this. */
const longestWait = 60 * 60 * 1000;

/** The one waiter for thousands of small waits: sleeps until the first of the due-queue is due, has a batch handled, looks again. */
export async function sweeperWorkflow(): Promise<void> {
  let nudged = false;
  setHandler(defineSignal(nudgeSignal), () => {
    nudged = true;
  });
  for (;;) {
    nudged = false;
    const { nextDueAt } = await sweepDue({ at: Date.now() });
    const wait = Math.min((nextDueAt ?? Infinity) - Date.now(), longestWait);
    if (wait > 0) await condition(() => nudged, wait);
    if (workflowInfo().historyLength > 1_000) await continueAsNew<typeof sweeperWorkflow>();
  }
}
