import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { PeriodicActivities } from '../activities.js';
import { attempt, putOffMs } from '../attempt.js';
import { historyIsLong } from '../history-limit.js';
import { nudgeBell } from '../nudge-bell.js';
import { factOptions } from '../options.js';
import type { WorkspaceRef } from '../refs.js';

const { nextDigest } = proxyActivities<PeriodicActivities>(factOptions);
const { runDigest } = proxyActivities<PeriodicActivities>({ ...factOptions, startToCloseTimeout: '5 minutes' });

/** What a workspace does by the calendar: its newsletter of the day. Ends when nothing waits; publishing starts it again. */
export async function periodicWorkflow(ref: WorkspaceRef): Promise<void> {
  const bell = nudgeBell();
  let tried: string | undefined;
  while (!historyIsLong()) {
    bell.answer();
    const digest = await nextDigest(ref);
    if (!digest) {
      if (!bell.rung) return;
    } else if (digest.dueAt > Date.now()) await bell.wait(digest.dueAt - Date.now());
    else {
      // Tried already, and due all the same: one that cannot go out must not spin.
      if (tried === digest.digestId) await bell.wait(putOffMs);
      tried = digest.digestId;
      await attempt('the newsletter', () => runDigest({ ...ref, at: Date.now(), digestId: digest.digestId }));
    }
  }
  await continueAsNew<typeof periodicWorkflow>(ref);
}
