import { DomainError } from '@sevenfold/domain/errors';
import type { RenderedMessage } from '@sevenfold/templating';
import { forReader } from '../applications/for-reader.js';
import { findCampaign } from '../campaigns/get-campaign.js';
import { campaignMessageData } from '../campaigns/message-data.js';
import type { Tx } from '../db/tx.js';
import { MessageWriter } from '../templates/index.js';
import { inviteTexts } from './invite-texts.js';
import { requireOutreach } from './subscription.js';

export interface InvitePreview {
  /** The text to edit, with its variables. */
  source: string;
  /** As this creator would read it; the link stands for the personal one. */
  texts: RenderedMessage;
}

/**
 * The prepared default text of an invite, or an edited one, as one creator would read it. Sends and stores nothing.
 * @throws DomainError `subscription_required`, `not_found`, `missing_variables`, `invalid_fields`
 */
export async function previewInvite(
  tx: Tx,
  { campaignId, creatorId, text }: { campaignId: string; creatorId: string; text?: string },
): Promise<InvitePreview> {
  await requireOutreach(tx);
  const campaign = await findCampaign(tx, campaignId);
  const [person] = await tx.em.execute<{ name: string; locale: string | null }[]>('select name, locale from creator where id = ? and in_network', [creatorId]);
  if (!person) throw new DomainError('not_found', { entity: 'creator' });
  const common = await campaignMessageData(tx, campaign);
  const about = { ...Object(common.campaign), closesAt: campaign.closesAt };
  const link = `${tx.services.publicUrl}/i/…`;
  const writer = await MessageWriter.of(tx, 'invite', { campaignId });
  return {
    source: text ?? writer.source(person.locale ?? common.locale),
    texts: inviteTexts(writer, forReader({ ...common, campaign: about }, person, { link }), text),
  };
}
