import { DomainError } from '@sevenfold/domain/errors';
import { catalogue, type CatalogueKey, type TemplateData } from '@sevenfold/templating';
import { forReader } from '../applications/for-reader.js';
import { findCampaign } from '../campaigns/get-campaign.js';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { campaignMessageData } from '../campaigns/message-data.js';
import type { Tx } from '../db/tx.js';

/** The data of a preview, and which parts of it are made up. */
export interface PreviewData {
  data: TemplateData;
  /** Top-level names that stand for what only a real message has, e.g. `link`. */
  madeUp: string[];
}

/**
 * What a text would be given for this campaign and this creator. Nothing is minted and nothing kept: a link, and what nobody has entered
 * yet, are made up.
 * @throws DomainError `not_found`
 */
export async function previewData(tx: Tx, key: CatalogueKey, about: { campaignId: string; creatorId: string }): Promise<PreviewData> {
  const campaign = await findCampaign(tx, about.campaignId);
  const [creator] = await tx.em.execute<{ name: string; locale: string | null }[]>('select name, locale from creator where id = ?', [about.creatorId]);
  if (!creator) throw new DomainError('not_found', { entity: 'creator' });
  const common = await campaignMessageData(tx, campaign);
  const agreement = await latestAgreement(tx, about);
  const known = {
    ...forReader(common, creator),
    campaign: { ...common.campaign, ...(campaign.closesAt ? { closesAt: campaign.closesAt } : {}) },
    ...(campaign.details.hashtags ? { hashtags: campaign.details.hashtags } : {}),
    ...(agreement && { agreement: { id: agreement.id, expiresAt: agreement.expires_at, preparedAt: agreement.sent_at }, terms: agreement.terms }),
    campaigns: [entered(tx, campaign, common.client.name)],
  };
  const sample = { ...catalogue[key].sample.full, link: `${tx.services.publicUrl}/c/…`, unsubscribeUrl: `${tx.services.publicUrl}/u/…` };
  const needed = Object.keys(catalogue[key].sample.full);
  // A contact the campaign lacks is absent in the message as well.
  const madeUp = needed.filter((name) => name !== 'contact' && !Object.hasOwn(known, name));
  const pick = (from: object, names: readonly string[]): object => Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
  return { data: { ...pick(sample, madeUp), ...pick(known, needed) } as TemplateData, madeUp };
}

interface AgreementRow {
  id: string;
  expires_at: string;
  sent_at: string;
  terms: unknown;
}

async function latestAgreement(tx: Tx, { campaignId, creatorId }: { campaignId: string; creatorId: string }): Promise<AgreementRow | undefined> {
  const [row] = await tx.em.execute<AgreementRow[]>(
    'select id, expires_at, sent_at, terms from agreement where campaign_id = ? and creator_id = ? order by created_at desc limit 1',
    [campaignId, creatorId],
  );
  return row;
}

const entered = (tx: Tx, { name, closesAt, details }: Campaign, clientName: string): object => ({
  name: name ?? '', clientName, summary: details.brief ?? '', link: `${tx.services.publicUrl}/c/…`, ...(closesAt ? { closesAt } : {}),
});
