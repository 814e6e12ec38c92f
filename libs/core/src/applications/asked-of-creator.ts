import { findCampaign } from '../campaigns/get-campaign.js';
import type { Tx } from '../db/tx.js';
import { checkQualified, unknownFields } from './check-qualified.js';
import { loadCreator } from './creator-facts.js';

/** The paths of the values a campaign asks for and nobody knows of a creator; they go into `about`. @throws DomainError `not_found` */
export async function askedOfCreator(tx: Tx, { campaignId, creatorId }: { campaignId: string; creatorId: string }): Promise<string[]> {
  const campaign = await findCampaign(tx, campaignId);
  const { unknown } = checkQualified(campaign, await loadCreator(tx, creatorId), tx.now);
  return [...new Set(unknownFields(unknown).map(({ path }) => path))];
}
