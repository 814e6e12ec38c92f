import { campaignDraftSchema, type CampaignDraft } from '@sevenfold/domain/campaigns';
import { z } from 'zod';
import type { Campaign } from './campaign.entity.js';

const fields = campaignDraftSchema.shape;

/** A change to a draft: what is absent stays, null empties the field. */
export const campaignPatchSchema = z
  .strictObject({
    name: fields.name.nullable(),
    clientId: fields.clientId.nullable(),
    brief: fields.brief.nullable(),
    startsOn: fields.startsOn.nullable(),
    endsOn: fields.endsOn.nullable(),
    timeZone: fields.timeZone.nullable(),
    requirements: fields.requirements.nullable(),
    contact: fields.contact.nullable(),
    audience: fields.audience.nullable(),
    images: fields.images.nullable(),
    questions: fields.questions.nullable(),
    figures: fields.figures.nullable(),
    terms: fields.terms.nullable(),
    hashtags: fields.hashtags.nullable(),
    scheduleId: fields.scheduleId.nullable(),
  })
  .meta({ id: 'CampaignPatch', description: 'What is absent stays as it is, null empties a field' });
export type CampaignPatch = z.infer<typeof campaignPatchSchema>;

/** The draft a campaign's row holds: columns and details put together, empty ones left out. */
export function draftOf(campaign: Campaign): CampaignDraft {
  const { name, clientId, startsOn, endsOn, timeZone, scheduleId } = campaign;
  const columns = { name, clientId, startsOn, endsOn, timeZone, scheduleId };
  const filled = Object.entries(columns).filter(([, value]) => value != null);
  return { ...campaign.details, ...Object.fromEntries(filled) };
}

/** The other way round: the columns and details of a row that holds this draft. */
export function rowOf(draft: CampaignDraft) {
  const { name, clientId, startsOn, endsOn, timeZone, scheduleId, ...details } = draft;
  return {
    name: name ?? null,
    clientId: clientId ?? null,
    startsOn: startsOn ?? null,
    endsOn: endsOn ?? null,
    timeZone: timeZone ?? null,
    scheduleId: scheduleId ?? null,
    details,
  };
}
