import { decideLateness } from '@sevenfold/domain/schedule';
import { audit } from '../../audit/audit.js';
import type { Tx } from '../../db/tx.js';
import { tellTeam } from '../../notices/index.js';
import { CampaignMilestone } from '../campaign-milestone.entity.js';
import type { Campaign } from '../campaign.entity.js';
import { lockCampaign } from '../lock.js';
import { milestoneActions } from './actions.js';
import { pendingMilestones, settle } from './settle-milestones.js';

export interface MilestoneCall {
  campaignId: string;
  key: string;
}

/**
 * Does one milestone that is due, once: its row is the guard, under the campaign's lock. One that was moved, done or
 * stopped by a pause meanwhile is left alone; one that was overtaken during an outage is dropped, and the team told.
 * @throws DomainError `not_found`
 */
export async function runMilestone(tx: Tx, { campaignId, key }: MilestoneCall): Promise<void> {
  const campaign = await lockCampaign(tx, campaignId, 'change');
  const milestone = await tx.em.findOne(CampaignMilestone, { campaignId, key, status: 'pending' }, { refresh: true });
  if (!milestone || campaign.pausedAt != null || milestone.dueAt > tx.now) return;
  const later = (await pendingMilestones(tx, campaignId)).filter((each) => each.dueAt > milestone.dueAt);
  const decision = decideLateness(plain(milestone), later.map(plain), tx.now.getTime());
  if (decision === 'run') await perform(tx, campaign, milestone);
  else await drop(tx, campaign, milestone);
  campaign.version += 1;
  await tx.em.flush();
}

function plain({ lateness, dueAt }: CampaignMilestone) {
  return { lateness, dueAt: dueAt.getTime() };
}

async function perform(tx: Tx, campaign: Campaign, milestone: CampaignMilestone): Promise<void> {
  settle(tx, milestone, 'done');
  await milestoneActions[milestone.action](tx, campaign, milestone);
  note(tx, milestone, 'milestone.done');
}

async function drop(tx: Tx, campaign: Campaign, milestone: CampaignMilestone): Promise<void> {
  settle(tx, milestone, 'dropped', 'Overtaken by a later one while the engine was away');
  note(tx, milestone, 'milestone.dropped');
  await tellTeam(tx, {
    kind: 'milestone-dropped', campaignId: campaign.id, refId: milestone.id, dedupeKey: `milestone-dropped:${milestone.id}`, asks: false,
    data: { name: campaign.name ?? '', key: milestone.key, action: milestone.action, dueAt: milestone.dueAt.toISOString() },
  });
}

function note(tx: Tx, milestone: CampaignMilestone, action: string): void {
  audit(tx, {
    action, entity: 'campaign_milestone', entityId: milestone.id, campaignId: milestone.campaignId,
    data: { key: milestone.key, action: milestone.action, dueAt: milestone.dueAt.toISOString(), note: milestone.note ?? null },
  });
}
