import type { Tx } from '../db/tx.js';
import { assertBeforeStart } from '../applications/phase.js';
import { askReplacement } from './ask-replacement.js';
import { endAgreement } from './end-agreement.js';
import { lockAgreement } from './lock-agreement.js';
import { assertPending, notPossible } from './rules.js';

export interface RefuseInput {
  agreementId: string;
  creatorId: string;
  /** In the creator's own words, if they like. */
  reason?: string | null;
}

/**
 * A creator declines: final in this campaign, and the team is asked for a replacement. Declining twice is once.
 * @throws DomainError `not_found`, `expired`, `wrong_state` (after signing: drop out)
 */
export async function decline(tx: Tx, input: RefuseInput): Promise<void> {
  const { agreement, campaign } = await lockAgreement(tx, input, 'share');
  if (agreement.status === 'declined' && !agreement.droppedOut) return;
  assertPending(agreement, campaign, tx.now);
  await endAgreement(tx, agreement, { status: 'declined', action: 'agreement.declined', reason: input.reason });
  await askReplacement(tx, agreement, campaign, 'declined');
}

/**
 * A creator drops out after signing, possible until the start: shown as such, final, and the team is asked for a
 * replacement. Dropping out twice is once.
 * @throws DomainError `not_found`, `wrong_state` when it is not signed or the campaign has started
 */
export async function dropOut(tx: Tx, input: RefuseInput): Promise<void> {
  const { agreement, campaign } = await lockAgreement(tx, input, 'share');
  if (agreement.droppedOut) return;
  if (agreement.status !== 'accepted') throw notPossible(agreement);
  assertBeforeStart(campaign);
  agreement.droppedOut = true;
  await endAgreement(tx, agreement, { status: 'declined', action: 'agreement.dropped-out', reason: input.reason });
  await askReplacement(tx, agreement, campaign, 'dropped-out');
}
