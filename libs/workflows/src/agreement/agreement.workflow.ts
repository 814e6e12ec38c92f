import { condition, continueAsNew, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { AgreementActivities, AgreementSnapshot } from '../activities.js';
import { attempt, putOffMs } from '../attempt.js';
import { historyIsLong } from '../history-limit.js';
import { nudgeBell } from '../nudge-bell.js';
import { factOptions } from '../options.js';
import type { AgreementRef } from '../refs.js';
import { documentOptions, signedDocumentOptions } from './document-options.js';

const { loadAgreement, remindAgreement, expireAgreement } = proxyActivities<AgreementActivities>(factOptions);
const { prepareAgreement } = proxyActivities<AgreementActivities>(documentOptions);
const { prepareAgreement: prepareSigned } = proxyActivities<AgreementActivities>(signedDocumentOptions);

/**
 * The window of one agreement: the document is made and the creator told, then a reminder, then the end. Signing, declining
 * and withdrawing happen in the row; a nudge makes this look again. While the campaign is paused the window stands still.
 */
export async function agreementWorkflow(ref: AgreementRef): Promise<void> {
  const bell = nudgeBell();
  const document = new DocumentErrand(ref);

  let now: AgreementSnapshot = await loadAgreement(ref);
  while (now.status === 'pending') {
    if (historyIsLong() && !document.underWay) await continueAsNew<typeof agreementWorkflow>(ref);
    // Beside the window, never before it: a document that cannot be made keeps nobody from signing, nor the window from ending.
    document.begin(now);
    const step = nextStep(now);
    if (step && step.dueAt <= Date.now()) {
      now = (await attempt(step.name, () => step.run({ ...ref, at: Date.now() }))) ?? now;
      document.mayBeginAgain();
      if (!isDone(step, now)) await bell.wait(putOffMs);
    } else {
      await bell.wait(step && step.dueAt - Date.now());
    }
    if (bell.rung) {
      bell.answer();
      document.mayBeginAgain();
      now = await loadAgreement(ref);
    }
  }
  await document.finish(now);
}

/** Making the document and telling the creator, at most one try at a time. */
class DocumentErrand {
  underWay = false;
  private mayBegin = true;
  private made = false;

  constructor(private readonly ref: AgreementRef) {}

  begin({ prepared }: AgreementSnapshot): void {
    this.made ||= prepared;
    if (this.made || this.underWay || !this.mayBegin) return;
    this.underWay = true;
    this.mayBegin = false;
    void this.make();
  }

  /** After a try that failed: at the next step of the window, or when something has changed. */
  mayBeginAgain(): void {
    this.mayBegin = true;
  }

  /** Leaves no try under way behind. What was signed has to be there as a document, however long its maker is broken. */
  async finish({ status }: AgreementSnapshot): Promise<void> {
    await condition(() => !this.underWay);
    if (status !== 'accepted' || this.made) return;
    await attempt('the document of a signed agreement', () => prepareSigned({ ...this.ref, at: Date.now() }));
  }

  private async make(): Promise<void> {
    try {
      // Its picture of the row may be older than one taken since, so it is not looked at.
      this.made = (await attempt('the document', () => prepareAgreement({ ...this.ref, at: Date.now() }))) !== undefined;
    } catch (error) {
      // Nobody awaits this errand; who awaits the window learns of the cancellation there.
      if (!isCancellation(error)) throw error;
    } finally {
      this.underWay = false;
    }
  }
}

interface Step {
  name: string;
  dueAt: number;
  run: AgreementActivities['remindAgreement'];
}

function nextStep({ paused, reminded, remindAt, expiresAt }: AgreementSnapshot): Step | undefined {
  if (paused) return undefined;
  // After the end a reminder is pointless; one that would not go out must not keep the window open.
  if (!reminded && Date.now() < expiresAt) return { name: 'remind', dueAt: Math.min(remindAt, expiresAt), run: remindAgreement };
  return { name: 'expire', dueAt: expiresAt, run: expireAgreement };
}

/** Whether a step that was tried needs no other try right now. */
function isDone({ name }: Step, now: AgreementSnapshot): boolean {
  const next = now.status === 'pending' ? nextStep(now) : undefined;
  return next === undefined || next.name !== name || next.dueAt > Date.now();
}
