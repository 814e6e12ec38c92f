import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { lockAgreement } from './lock-agreement.js';
import { isOver } from './rules.js';
import { tellCreator } from './tell-creator.js';

/**
 * Reminds the creator that the window ends soon; once. Not while paused, not before its time. After the window it is
 * noted as done without a word, because there is nothing left to sign.
 * @throws DomainError `not_found`
 */
export async function remindAgreement(tx: Tx, agreementId: string): Promise<void> {
  const { agreement, campaign } = await lockAgreement(tx, { agreementId }, 'share');
  if (agreement.status !== 'pending' || agreement.remindedAt != null || campaign.pausedAt != null || tx.now < agreement.remindAt) return;
  agreement.remindedAt = tx.now;
  if (!isOver(agreement, campaign, tx.now)) {
    await tellCreator(tx, agreement, campaign, { kind: 'agreement-reminder', template: 'agreement-reminder', link: true });
    audit(tx, {
      action: 'agreement.reminded', entity: 'agreement', entityId: agreementId, campaignId: campaign.id, data: { creatorId: agreement.creatorId },
    });
  }
  await tx.em.flush();
}
