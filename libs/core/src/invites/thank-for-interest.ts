import { forReader } from '../applications/for-reader.js';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { campaignMessageData } from '../campaigns/message-data.js';
import { mintLink } from '../creators/links.js';
import type { Tx } from '../db/tx.js';
import { queueMessage } from '../inbox/queue-message.js';
import { writeMessage } from '../templates/index.js';
import type { Invite } from './invite.entity.js';

/**
 * Answers interest that came by message, once per invite, with the link under which the creator sees or completes what
 * is known of them.
 */
export async function thankForInterest(tx: Tx, invite: Invite, campaign: Campaign, creator: { name: string; locale?: string | null }): Promise<void> {
  const dedupeKey = `invite-interest:${invite.id}`;
  const told = await tx.em.execute('select 1 from message where dedupe_key = ?', [dedupeKey]);
  if (told.length > 0) return;
  const { url } = await mintLink(tx, { creatorId: invite.creatorId, purpose: 'invite', refId: invite.id });
  const common = await campaignMessageData(tx, campaign);
  await queueMessage(tx, {
    creatorId: invite.creatorId, campaignId: campaign.id, kind: 'invite-interest', dedupeKey, automatic: true, purpose: 'conversation',
    texts: await writeMessage(tx, 'invite-interest-received', forReader(common, creator, { link: url }), { campaignId: campaign.id }),
  });
}
