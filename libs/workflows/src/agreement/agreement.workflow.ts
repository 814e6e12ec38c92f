import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import type { AgreementActivities, AgreementSnapshot } from '../activities.js';
import { nudgeSignal } from '../names.js';
import { factOptions, outsideOptions } from '../options.js';
import type { AgreementRef } from '../refs.js';

const { loadAgreement, remindAgreement, expireAgreement } = proxyActivities<AgreementActivities>(factOptions);
const { prepareAgreement } = proxyActivities<AgreementActivities>({ ...outsideOptions, heartbeatTimeout: undefined });

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
  while (now.status === 'pending') {
    const step = nextStep(now);
    if (step && step.dueAt <= Date.now()) {
      now = await step.run({ ...ref, at: Date.now() });
      continue;
    }
    if (step) await condition(() => nudged, step.dueAt - Date.now());
    else await condition(() => nudged);
    if (nudged) {
      nudged = false;
      now = await loadAgreement(ref);
    }
  }
}

function nextStep(agreement: AgreementSnapshot) {
  if (!agreement.prepared) return { dueAt: 0, run: prepareAgreement };
  if (agreement.paused) return undefined;
  if (!agreement.reminded) return { dueAt: agreement.remindAt, run: remindAgreement };
  return { dueAt: agreement.expiresAt, run: expireAgreement };
}
