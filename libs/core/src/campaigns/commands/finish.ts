import { DomainError, type Json } from '@sevenfold/domain/errors';
import type { Tx } from '../../db/tx.js';
import { stopOnCampaignOver } from '../../sequences/stop-runs.js';
import type { Campaign } from '../campaign.entity.js';
import { changed } from '../changed.js';
import { allowedNow } from '../phase.js';

/**
 * The team says that a started campaign is done. Its workflow ended with the start, so this goes through no workflow.
 * @throws DomainError `wrong_state`
 */
export async function finish(tx: Tx, campaign: Campaign): Promise<Json> {
  if (campaign.status !== 'started') {
    throw new DomainError('wrong_state', { state: campaign.status, allowed: allowedNow(campaign) });
  }
  campaign.status = 'finished';
  campaign.finishedAt = tx.now;
  await stopOnCampaignOver(tx, campaign.id);
  changed(tx, campaign, 'finished');
  return { finishedAt: tx.now.toISOString() };
}
