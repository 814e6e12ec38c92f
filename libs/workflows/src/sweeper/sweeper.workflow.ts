import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { SweepActivities } from '../activities.js';
import { attempt, putOffMs } from '../attempt.js';
import { historyIsLong } from '../history-limit.js';
import { nudgeBell } from '../nudge-bell.js';
import { factOptions } from '../options.js';

const { sweepDue } = proxyActivities<SweepActivities>({ ...factOptions, startToCloseTimeout: '2 minutes' });

/** Comes by even unasked, so that a lost nudge costs at most this. */
const longestWait = 60 * 60 * 1000;

/** After a round that found nothing to do although something is due: somebody else is at it, or this clock is ahead. */
const idleWait = 1_000;

/** The one waiter for thousands of small waits: sleeps until the first of the due-queue is due, has a batch handled, looks again. */
export async function sweeperWorkflow(): Promise<void> {
  const bell = nudgeBell();
  while (!historyIsLong()) {
    bell.answer();
    const sweep = await attempt('the sweep', () => sweepDue({ at: Date.now() }));
    const wait = sweep ? Math.min((sweep.nextDueAt ?? Infinity) - Date.now(), longestWait) : putOffMs;
    if (wait > 0) await bell.wait(wait);
    else if (sweep?.handled === 0) await bell.wait(idleWait);
  }
  await continueAsNew<typeof sweeperWorkflow>();
}
