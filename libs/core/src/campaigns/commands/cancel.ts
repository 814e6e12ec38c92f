import type { Json } from '@sevenfold/domain/errors';
import { withdrawOpenAgreements } from '../../agreements/index.js';
import type { Tx } from '../../db/tx.js';
import { tellTeam } from '../../notices/index.js';
import { stopOnCampaignOver } from '../../sequences/stop-runs.js';
import { findApplicants, sortApplicants } from '../applicants.js';
import type { Campaign } from '../campaign.entity.js';
import { changed } from '../changed.js';
import { dropPending } from '../milestones/settle-milestones.js';
import { tellCreators } from '../tell-creators.js';
import { assertPhase } from './assert-phase.js';
import { settleQuestions } from './settle-questions.js';

/**
 * Ends a campaign that will not start: open agreements are withdrawn and every applicant who did not refuse is told, once.
 * @throws DomainError `wrong_state` from the start on
 */
export async function cancel(tx: Tx, campaign: Campaign): Promise<Json> {
  assertPhase('cancel', campaign);
  campaign.status = 'cancelled';
  campaign.cancelledAt = tx.now;
  campaign.pausedAt = null;
  const { group, bummer } = sortApplicants(await findApplicants(tx, campaign.id));
  const told = [...group, ...bummer];
  const withdrawn = await withdrawOpenAgreements(tx, campaign.id, 'campaign-cancelled');
  await dropPending(tx, campaign.id, 'The campaign was cancelled');
  await settleQuestions(tx, campaign.id);
  await stopOnCampaignOver(tx, campaign.id);
  await tellCreators(tx, campaign, 'campaign-cancelled', told);
  const counts = { told: told.length, agreementsWithdrawn: withdrawn };
  changed(tx, campaign, 'cancelled', counts);
  await tellTeam(tx, {
    kind: 'campaign-cancelled', campaignId: campaign.id, dedupeKey: `campaign-cancelled:${campaign.id}`, asks: false,
    data: { name: campaign.name ?? '', ...counts },
  });
  return { cancelledAt: tx.now.toISOString(), ...counts };
}
