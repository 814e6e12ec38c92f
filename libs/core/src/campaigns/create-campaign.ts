import type { CampaignDraft } from '@sevenfold/domain/campaigns';
import { newId } from '@sevenfold/platform/ids';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { rowOf } from './campaign-fields.js';
import { Campaign } from './campaign.entity.js';
import { toCampaignView, type CampaignView } from './campaign-view.js';
import { checkReferences } from './check-references.js';

/**
 * Opens a draft. Everything may still be missing; what is there must be right.
 * @throws DomainError `invalid_fields`
 */
export async function createCampaign(tx: Tx, draft: CampaignDraft): Promise<CampaignView> {
  await checkReferences(tx, draft);
  const campaign = tx.em.create(Campaign, {
    id: newId(),
    workspaceId: tx.workspaceId,
    createdAt: tx.now,
    updatedAt: tx.now,
    status: 'draft',
    version: 0,
    ...rowOf(draft),
  });
  tx.em.persist(campaign);
  audit(tx, { action: 'campaign.created', entity: 'campaign', entityId: campaign.id, campaignId: campaign.id });
  await tx.em.flush();
  return toCampaignView(tx, campaign);
}
