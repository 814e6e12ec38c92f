import { isYes } from '@sevenfold/domain/inbound';
import { isOpen } from '../applications/phase.js';
import { lockCampaign } from '../campaigns/lock.js';
import type { Tx } from '../db/tx.js';
import { tellTeam } from '../notices/tell-team.js';
import { expressInterest } from './express-interest.js';

export interface InboundForInvite {
  creatorId: string;
  text: string;
  /** The campaign the reply belongs to. */
  campaignId: string | null;
  /** Through which channel it came. */
  channel?: string;
}

/**
 * What a message means for the creator's invite to the campaign it belongs to. An exact YES, where we asked for one, is
 * interest; anything else offers the team *Mark as interested* and is never guessed. Called with the message, in its transaction;
 * refuses nothing.
 */
export async function onInboundForInvite(tx: Tx, inbound: InboundForInvite): Promise<'interest' | 'noticed' | 'none'> {
  if (inbound.campaignId === null) return 'none';
  await tx.em.flush();
  const [invite] = await tx.em.execute<{ id: string; name: string }[]>(
    `select i.id, c.name from invite i join creator c on c.id = i.creator_id
      where i.creator_id = ? and i.campaign_id = ? and i.status = 'sent'`,
    [inbound.creatorId, inbound.campaignId],
  );
  if (!invite) return 'none';
  // Locked before it is looked at: a close in between would turn the answer into a refusal.
  const campaign = await lockCampaign(tx, inbound.campaignId, 'share');
  if (!isOpen(campaign, tx.now)) return 'none';
  if (saysYes(tx, inbound)) {
    await expressInterest(tx, { inviteId: invite.id, via: 'message' });
    return 'interest';
  }
  await tellTeam(tx, {
    kind: 'mark-interested', campaignId: inbound.campaignId, creatorId: inbound.creatorId, refId: invite.id,
    dedupeKey: `mark-interested:${invite.id}`, asks: true, data: { creator: invite.name, name: campaign.name ?? '' },
  });
  return 'noticed';
}

/** YES and nothing else, by a channel that carries the short texts, because only those ask for it. */
function saysYes(tx: Tx, { text, channel }: InboundForInvite): boolean {
  return isYes(text) && (channel === undefined || tx.services.plugins.channel(channel)?.traits.bodyTemplate === 'short');
}
