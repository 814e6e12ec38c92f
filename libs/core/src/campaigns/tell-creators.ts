import type { TemplateData } from '@sevenfold/templating';
import { queueBroadcast } from '../broadcasts/index.js';
import { mintLinks } from '../creators/mint-links.js';
import type { Tx } from '../db/tx.js';
import { MessageWriter } from '../templates/index.js';
import type { NamedApplicant } from './applicants.js';
import type { Campaign } from './campaign.entity.js';
import { campaignMessageData } from './message-data.js';

type Common = Awaited<ReturnType<typeof campaignMessageData>>;

/** What the product itself tells the creators of a campaign. */
export type CampaignNews = 'congratulations' | 'bummer' | 'campaign-cancelled' | 'campaign-resumed';

/** Tells creators, each in their own thread, once. `campaign-resumed` may come again after the next pause. */
export async function tellCreators(tx: Tx, campaign: Campaign, kind: CampaignNews, creators: readonly NamedApplicant[]): Promise<void> {
  if (creators.length === 0) return;
  const common = await campaignMessageData(tx, campaign);
  const links = await linksFor(tx, kind, creators);
  const writer = await MessageWriter.of(tx, kind, { campaignId: campaign.id });
  const recipients = creators.map((creator) => ({
    creatorId: creator.creatorId,
    texts: writer.write(dataOf(creator, campaign, kind, common, links.get(creator.creatorId))),
  }));
  await writer.tell(tx);
  const again = kind === 'campaign-resumed' ? `:${campaign.version}` : '';
  await queueBroadcast(tx, {
    campaignId: campaign.id, kind, dedupeKey: `${kind}:${campaign.id}${again}`, purpose: 'notice', automatic: true, recipients,
  });
}

/** The group gets the door to its collaboration; who has still to sign, a fresh one to the agreement. */
async function linksFor(tx: Tx, kind: CampaignNews, creators: readonly NamedApplicant[]): Promise<Map<string, string>> {
  if (kind === 'congratulations') return mintLinks(tx, 'creator', creators);
  if (kind !== 'campaign-resumed') return new Map();
  const unsigned = creators.filter(({ agreement }) => agreement === 'pending');
  return mintLinks(tx, 'agreement', unsigned.map(({ creatorId, agreementId }) => ({ creatorId, refId: agreementId })));
}

function dataOf(creator: NamedApplicant, campaign: Campaign, kind: CampaignNews, common: Common, link?: string): TemplateData {
  const open = kind === 'campaign-resumed' && campaign.status === 'published';
  return {
    ...common,
    ...(creator.locale ? { locale: creator.locale } : {}),
    creator: { name: creator.name },
    campaign: { ...common.campaign, ...(open ? { closesAt: campaign.closesAt } : {}) },
    agreement: creator.agreement === 'pending' ? { expiresAt: creator.expiresAt } : {},
    ...(link === undefined ? {} : { link }),
  };
}
