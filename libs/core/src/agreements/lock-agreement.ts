import { DomainError } from '@sevenfold/domain/errors';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { lockCampaign } from '../campaigns/lock.js';
import type { Tx } from '../db/tx.js';
import { Agreement } from './agreement.entity.js';

export interface LockedAgreement {
  agreement: Agreement;
  campaign: Campaign;
}

/**
 * Locks an agreement for changing, after its campaign: always in this order.
 * @param mode `share` for signing and the like, `change` for expiry, which is the campaign's own clock
 * @throws DomainError `not_found`, also when `creatorId` is given and it is somebody else's
 */
export async function lockAgreement(
  tx: Tx,
  { agreementId, creatorId }: { agreementId: string; creatorId?: string },
  mode: 'share' | 'change',
): Promise<LockedAgreement> {
  const [row] = await tx.em.execute<{ campaignId: string; creatorId: string }[]>(
    'select campaign_id as "campaignId", creator_id as "creatorId" from agreement where id = ?',
    [agreementId],
  );
  if (!row || (creatorId !== undefined && row.creatorId !== creatorId)) throw new DomainError('not_found', { entity: 'agreement' });
  const campaign = await lockCampaign(tx, row.campaignId, mode);
  await tx.em.execute('select 1 from agreement where id = ? for update', [agreementId]);
  const agreement = await tx.em.findOneOrFail(Agreement, { id: agreementId }, { refresh: true });
  return { agreement, campaign };
}
