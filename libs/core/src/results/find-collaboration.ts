import { DomainError } from '@sevenfold/domain/errors';
import { wrongState } from '../applications/phase.js';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { findCampaign } from '../campaigns/get-campaign.js';
import { Collaboration } from '../collaborations/collaboration.entity.js';
import type { Tx } from '../db/tx.js';

/**
 * A collaboration whoever acts may add results to: the team's any, a creator's own.
 * @throws DomainError `not_found`, `wrong_state` in a campaign that is not running or finished
 */
export async function findOwnCollaboration(tx: Tx, collaborationId: string): Promise<{ collaboration: Collaboration; campaign: Campaign }> {
  const collaboration = await tx.em.findOne(Collaboration, { id: collaborationId });
  const foreign = tx.actor.kind === 'creator' && tx.actor.creatorId !== collaboration?.creatorId;
  if (!collaboration || foreign) throw new DomainError('not_found', { entity: 'collaboration' });
  const campaign = await findCampaign(tx, collaboration.campaignId);
  if (campaign.status !== 'started' && campaign.status !== 'finished') throw wrongState(campaign);
  return { collaboration, campaign };
}
