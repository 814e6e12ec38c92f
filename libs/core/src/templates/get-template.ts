import { findCampaign } from '../campaigns/get-campaign.js';
import type { Tx } from '../db/tx.js';
import { languageTag, templateName } from './template-name.js';
import { viewTemplate, type TemplateView } from './template-view.js';

/** Which text somebody asks for. */
export interface TemplateAddress {
  key: string;
  /** `en` when absent: what every reader gets whose language has none. */
  language?: string | undefined;
  /** The text of this campaign only; of the workspace when absent. */
  campaignId?: string | undefined;
}

/** @throws DomainError `not_found` for an unknown key or campaign, `invalid_fields` for a language that is none */
export async function getTemplate(tx: Tx, address: TemplateAddress): Promise<TemplateView> {
  const name = templateName(address.key);
  const language = languageTag(address.language);
  if (address.campaignId !== undefined) await findCampaign(tx, address.campaignId);
  return viewTemplate(tx, name, { language, campaignId: address.campaignId ?? null });
}
