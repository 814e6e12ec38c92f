import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../db/tx.js';
import { assertCampaignVisible } from '../team/visibility.js';
import { Campaign } from './campaign.entity.js';
import { toCampaignView, type CampaignView } from './campaign-view.js';

/** One campaign with all its fields, its milestones and what can be done to it now. @throws DomainError `not_found` */
export async function getCampaign(tx: Tx, campaignId: string): Promise<CampaignView> {
  return toCampaignView(tx, await findCampaign(tx, campaignId));
}

/** The row, without a lock, if the caller may know of it. @throws DomainError `not_found` */
export async function findCampaign(tx: Tx, campaignId: string): Promise<Campaign> {
  await assertCampaignVisible(tx, campaignId);
  const campaign = await tx.em.findOne(Campaign, { id: campaignId }, { refresh: true });
  if (!campaign) throw new DomainError('not_found', { entity: 'campaign' });
  return campaign;
}
