import type { Json } from '@sevenfold/domain/errors';
import type { Tx } from '../../db/tx.js';
import { tellTeam } from '../../notices/index.js';
import { applicantCounts } from '../applicant-counts.js';
import type { Campaign } from '../campaign.entity.js';
import { changed } from '../changed.js';
import { dropPending, pendingMilestones, settle } from '../milestones/settle-milestones.js';
import { assertPhase } from './assert-phase.js';

/**
 * The team closes before its time; the start is open at once. Also possible while paused.
 * @throws DomainError `wrong_state`
 */
export async function closeEarly(tx: Tx, campaign: Campaign): Promise<Json> {
  assertPhase('close', campaign);
  const [close] = (await pendingMilestones(tx, campaign.id)).filter(({ action }) => action === 'close');
  if (close) settle(tx, close, 'done', 'Closed early');
  await closeNow(tx, campaign, 'early');
  return { closedAt: tx.now.toISOString() };
}

/** The schedule's own close. */
export async function closeBySchedule(tx: Tx, campaign: Campaign): Promise<void> {
  await closeNow(tx, campaign, 'schedule');
}

async function closeNow(tx: Tx, campaign: Campaign, how: 'early' | 'schedule'): Promise<void> {
  campaign.status = 'closed';
  campaign.closedAt = tx.now;
  campaign.closedBy = tx.actor;
  if (how === 'early') campaign.closesAt = tx.now;
  // No more story for a campaign nobody can apply to, and no reminder of invites that would be refused.
  await dropPending(tx, campaign.id, 'The campaign was closed before', ['post-story', 'remind-invite']);
  const counts = await applicantCounts(tx, campaign.id);
  changed(tx, campaign, 'closed', { how });
  await tellTeam(tx, {
    kind: 'campaign-closed', campaignId: campaign.id, dedupeKey: `campaign-closed:${campaign.id}`, asks: false,
    data: {
      name: campaign.name ?? '', how, applications: counts.applications, agreements: counts.agreements,
      selectedWithoutAgreement: counts.selectedWithoutAgreement,
    },
  });
}
