import type { ApplicationStatus } from '@sevenfold/domain/applications';
import { DomainError } from '@sevenfold/domain/errors';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { lockApplication, openAgreement } from './lock-application.js';
import { assertBeforeStart } from './phase.js';

/**
 * Moves an application between pending, selected and declined. No creator hears of it; who moved what, and when, is on
 * record. Moving to where it is already changes nothing.
 * @throws DomainError `not_found`, `wrong_state` from the start on, `agreement_open` while one is sent or signed
 */
export async function moveApplication(
  tx: Tx,
  { applicationId, to }: { applicationId: string; to: ApplicationStatus },
): Promise<{ applicationId: string; status: ApplicationStatus }> {
  const { application, campaign } = await lockApplication(tx, applicationId);
  assertBeforeStart(campaign);
  if (application.status === to) return { applicationId, status: to };
  const open = await openAgreement(tx, application);
  if (open) throw new DomainError('agreement_open', { agreementId: open.id, state: open.status });
  const from = application.status;
  application.status = to;
  application.movedAt = tx.now;
  application.movedBy = tx.actor;
  audit(tx, {
    action: 'application.moved', entity: 'application', entityId: applicationId, campaignId: campaign.id,
    data: { from, to, creatorId: application.creatorId },
  });
  return { applicationId, status: to };
}
