import type { Tx } from '../db/tx.js';
import { askReplacement } from './ask-replacement.js';
import { endAgreement } from './end-agreement.js';
import { lockAgreement } from './lock-agreement.js';
import { isOver } from './rules.js';

/**
 * Ends the window of an unsigned agreement whose time is over, and asks the team for a replacement. Takes the campaign's
 * lock for changing, so that a signature either came before or comes too late. Called too early, twice, or while paused it
 * does nothing.
 * @throws DomainError `not_found`
 */
export async function expireAgreement(tx: Tx, agreementId: string): Promise<void> {
  const { agreement, campaign } = await lockAgreement(tx, { agreementId }, 'change');
  if (agreement.status !== 'pending' || campaign.pausedAt != null || !isOver(agreement, campaign, tx.now)) return;
  await endAgreement(tx, agreement, { status: 'expired', action: 'agreement.expired' });
  if (campaign.status === 'published' || campaign.status === 'closed') await askReplacement(tx, agreement, campaign, 'expired');
  await tx.em.flush();
}
