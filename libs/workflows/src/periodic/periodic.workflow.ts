import { condition, continueAsNew, defineSignal, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { PeriodicActivities } from '../activities.js';
import { nudgeSignal } from '../names.js';
import { factOptions } from '../options.js';
import type { WorkspaceRef } from '../refs.js';

const { nextDigest } = proxyActivities<PeriodicActivities>(factOptions);
const { runDigest } = proxyActivities<PeriodicActivities>({ ...factOptions, startToCloseTimeout: '5 minutes' });

/** What a workspace does by the calendar: its newsletter of the day. Ends when nothing waits; publishing starts it again. */
export async function periodicWorkflow(ref: WorkspaceRef): Promise<void> {
  let nudged = false;
  setHandler(defineSignal(nudgeSignal), () => {
    nudged = true;
  });
  for (;;) {
    nudged = false;
    const digest = await nextDigest(ref);
    if (digest && digest.dueAt <= Date.now()) await runDigest({ ...ref, at: Date.now(), digestId: digest.digestId });
    else if (digest) await condition(() => nudged, digest.dueAt - Date.now());
    else if (!nudged) return;
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof periodicWorkflow>(ref);
  }
}
