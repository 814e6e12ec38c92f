import { DomainError } from '@sevenfold/domain/errors';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { lockCampaign } from '../campaigns/lock.js';
import type { Tx } from '../db/tx.js';
import { Application } from './application.entity.js';

/**
 * Locks an application for changing, after its campaign in shared mode: always in this order.
 * @throws DomainError `not_found`
 */
export async function lockApplication(tx: Tx, id: string): Promise<{ application: Application; campaign: Campaign }> {
  const [row] = await tx.em.execute<{ campaignId: string }[]>('select campaign_id as "campaignId" from application where id = ?', [id]);
  if (!row) throw new DomainError('not_found', { entity: 'application' });
  const campaign = await lockCampaign(tx, row.campaignId, 'share');
  await tx.em.execute('select 1 from application where id = ? for update', [id]);
  const application = await tx.em.findOneOrFail(Application, { id }, { refresh: true });
  return { application, campaign };
}

/** The creator's agreement that still binds somebody in this campaign: sent or signed. */
export async function openAgreement(
  tx: Tx,
  { campaignId, creatorId }: { campaignId: string; creatorId: string },
): Promise<{ id: string; status: string } | null> {
  const [row] = await tx.em.execute<{ id: string; status: string }[]>(
    `select id, status from agreement where campaign_id = ? and creator_id = ? and status in ('pending', 'accepted')`,
    [campaignId, creatorId],
  );
  return row ?? null;
}
