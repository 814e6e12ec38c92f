import { forReader } from '../applications/for-reader.js';
import { wrongState } from '../applications/phase.js';
import { audit } from '../audit/audit.js';
import { queueBroadcast } from '../broadcasts/index.js';
import { findCampaign } from '../campaigns/get-campaign.js';
import { campaignMessageData } from '../campaigns/message-data.js';
import type { Tx } from '../db/tx.js';
import { MessageWriter } from '../templates/index.js';

export interface GroupMessageInput {
  campaignId: string;
  subject?: string;
  text: string;
  /** The same request sent again is the same message. */
  dedupeKey: string;
}

/**
 * Writes to the whole group, each in their own thread: nobody sees the others.
 * @returns the broadcast and how many it goes to
 * @throws DomainError `not_found`, `wrong_state` before the start
 */
export async function sendGroupMessage(tx: Tx, input: GroupMessageInput): Promise<{ broadcastId: string; recipients: number }> {
  const campaign = await findCampaign(tx, input.campaignId);
  if (campaign.status !== 'started' && campaign.status !== 'finished') throw wrongState(campaign);
  const group = await tx.em.execute<{ creatorId: string; name: string; locale: string | null }[]>(
    'select k.creator_id as "creatorId", c.name, c.locale from collaboration k join creator c on c.id = k.creator_id where k.campaign_id = ? order by c.name, c.id',
    [campaign.id],
  );
  const common = await campaignMessageData(tx, campaign);
  const writer = await MessageWriter.of(tx, 'group-message', { campaignId: campaign.id });
  const { broadcastId } = await queueBroadcast(tx, {
    campaignId: campaign.id, kind: 'group', dedupeKey: `group:${input.dedupeKey}`, purpose: 'conversation', automatic: false,
    authorMemberId: tx.actor.kind === 'member' ? tx.actor.memberId : null,
    recipients: group.map((creator) => ({
      creatorId: creator.creatorId,
      texts: writer.write(forReader(common, creator, { title: input.subject ?? campaign.name ?? '', body: input.text })),
    })),
  });
  await writer.tell(tx);
  audit(tx, { action: 'group-message.sent', entity: 'broadcast', entityId: broadcastId, campaignId: campaign.id, data: { recipients: group.length } });
  return { broadcastId, recipients: group.length };
}
