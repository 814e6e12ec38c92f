import { condition, continueAsNew, proxyActivities } from '@temporalio/workflow';
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
  const document = new DocumentErrand(ref, bell.ring);

  let now: AgreementSnapshot = await loadAgreement(ref);
  while (now.status === 'pending') {
    if (historyIsLong()) {
      await condition(() => !document.underWay);
      await continueAsNew<typeof agreementWorkflow>(ref);
    }
    // Beside the window, never before it: a document that cannot be made keeps nobody from signing, nor the window from ending.
    if (!now.prepared) document.begin();
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
  if (now.status === 'accepted' && !now.prepared) await document.finishSigned();
}

/** Making the document and telling the creator, at most one try at a time. */
class DocumentErrand {
  underWay = false;
  private mayBegin = true;

  constructor(
    private readonly ref: AgreementRef,
    private readonly whenMade: () => void,
  ) {}

  begin(): void {
    if (this.underWay || !this.mayBegin) return;
    this.underWay = true;
    this.mayBegin = false;
    void this.make();
  }

  /** After a try that failed: at the next step of the window, or when something has changed. */
  mayBeginAgain(): void {
    this.mayBegin = true;
  }

  /** What was signed has to be there as a document, however long its maker is broken. */
  async finishSigned(): Promise<void> {
    await condition(() => !this.underWay);
    await attempt('the document of a signed agreement', () => prepareSigned({ ...this.ref, at: Date.now() }));
  }

  private async make(): Promise<void> {
    const made = await attempt('the document', () => prepareAgreement({ ...this.ref, at: Date.now() }));
    this.underWay = false;
    // Its picture of the row may be older than one taken since, so it only rings.
    if (made) this.whenMade();
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
