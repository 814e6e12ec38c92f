import { isDomainError, type ErrorCode, type Json } from '@sevenfold/domain/errors';
import type { Tx } from '../db/tx.js';
import { findApplicants, sortApplicants } from './applicants.js';
import { assertPhase } from './commands/assert-phase.js';
import { findCampaign } from './get-campaign.js';
import type { Campaign } from './campaign.entity.js';

/** What the confirmation of the start names (E6). */
export interface StartPreview {
  /** Who would be in it, by name. */
  group: { creatorId: string; name: string; signedAt: string | null }[];
  /** Sent, unsigned: they would be withdrawn. */
  openAgreements: number;
  /** How many would hear that it didn't work out. */
  others: number;
  /** Why it would be refused now; null when it would not. */
  refusal: { code: ErrorCode; details: Record<string, Json> } | null;
}

/** What would happen if the start were pressed now. Changes nothing. @throws DomainError `not_found` */
export async function previewStart(tx: Tx, campaignId: string): Promise<StartPreview> {
  const campaign = await findCampaign(tx, campaignId);
  const applicants = await findApplicants(tx, campaignId);
  const { group, bummer } = sortApplicants(applicants);
  return {
    group: group.map(({ creatorId, name, signedAt }) => ({ creatorId, name, signedAt: signedAt?.toISOString() ?? null })),
    openAgreements: applicants.filter(({ agreement }) => agreement === 'pending').length,
    others: bummer.length,
    refusal: refusalOf(campaign) ?? (group.length === 0 ? { code: 'nobody_signed', details: {} } : null),
  };
}

function refusalOf(campaign: Campaign): StartPreview['refusal'] {
  try {
    assertPhase('start', campaign);
    return null;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return { code: error.code, details: error.details };
  }
}
