import { DomainError } from '@sevenfold/domain/errors';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { outbox } from '../engine/outbox.js';
import { lockCampaign } from './lock.js';
import { allowedNow } from './phase.js';

/**
 * Removes a draft nobody has seen. A refused publication left commands, and perhaps a workflow that waits for the next
 * try: both go with it.
 * @throws DomainError `not_found`, `wrong_state` once it was published (it can be cancelled then)
 */
export async function deleteDraft(tx: Tx, campaignId: string): Promise<void> {
  const campaign = await lockCampaign(tx, campaignId, 'change');
  if (campaign.status !== 'draft') {
    throw new DomainError('wrong_state', { state: campaign.status, allowed: allowedNow(campaign) }, 'Only a draft can be deleted');
  }
  audit(tx, { action: 'campaign.deleted', entity: 'campaign', entityId: campaignId, campaignId, data: { name: campaign.name ?? '' } });
  await outbox(tx, 'campaign.changed', { campaignId });
  await tx.em.flush();
  await tx.em.execute('delete from command where campaign_id = ?', [campaignId]);
  tx.em.remove(campaign);
  await tx.em.flush();
}
