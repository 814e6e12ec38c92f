import { ActivityFailure, condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import type { AgreementActivities, AgreementSnapshot } from '../activities.js';
import { nudgeSignal } from '../names.js';
import { factOptions, outsideOptions } from '../options.js';
import type { AgreementRef } from '../refs.js';

const { loadAgreement, remindAgreement, expireAgreement } = proxyActivities<AgreementActivities>(factOptions);
const { prepareAgreement } = proxyActivities<AgreementActivities>({
  ...outsideOptions,
  // A few minutes of a broken document maker; then the window goes on without, and it is tried again at the next step.
  retry: { ...outsideOptions.retry, maximumAttempts: 8 },
});

/**
 * The window of one agreement: the document is made and the creator told, then a reminder, then the end. Signing, declining
 * and withdrawing happen in the row; a nudge makes this look again. While the campaign is paused the window stands still.
 */
export async function agreementWorkflow(ref: AgreementRef): Promise<void> {
  let nudged = false;
  setHandler(defineSignal(nudgeSignal), () => {
    nudged = true;
  });

  let now: AgreementSnapshot = await loadAgreement(ref);
  let mayPrepare = true;
  while (now.status === 'pending') {
    if (!now.prepared && mayPrepare) {
      mayPrepare = false;
      now = await prepare(ref, now);
      continue;
    }
    const step = nextStep(now);
    if (step && step.dueAt <= Date.now()) {
      now = await step.run({ ...ref, at: Date.now() });
      mayPrepare = true;
      continue;
    }
    if (step) await condition(() => nudged, step.dueAt - Date.now());
    else await condition(() => nudged);
    if (nudged) {
      nudged = false;
      mayPrepare = true;
      now = await loadAgreement(ref);
    }
  }
}

/** A document that cannot be made keeps nobody from signing, nor the window from ending. */
async function prepare(ref: AgreementRef, before: AgreementSnapshot): Promise<AgreementSnapshot> {
  try {
    return await prepareAgreement({ ...ref, at: Date.now() });
  } catch (error) {
    if (error instanceof ActivityFailure) return before;
    throw error;
  }
}

function nextStep(agreement: AgreementSnapshot) {
  if (agreement.paused) return undefined;
  if (!agreement.reminded) return { dueAt: agreement.remindAt, run: remindAgreement };
  return { dueAt: agreement.expiresAt, run: expireAgreement };
}
