import type { Tx } from '../../db/tx.js';
import { findCampaign } from '../get-campaign.js';
import { preparePublication } from './publish.js';

/**
 * Says before the engine is asked what a draft still lacks, so that the answer comes even while the engine is away.
 * A campaign that is no draft any more passes: its refusal, or the answer to a repeat, is the command's own.
 * @throws DomainError `not_found`, `campaign_incomplete`, `invalid_fields`
 */
export async function checkPublication(tx: Tx, campaignId: string): Promise<void> {
  const campaign = await findCampaign(tx, campaignId);
  if (campaign.status === 'draft') await preparePublication(tx, campaign);
}
