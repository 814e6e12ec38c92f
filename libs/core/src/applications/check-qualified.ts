import { qualify, type Lack, type Qualification, type QualifyResult } from '@sevenfold/domain/applications';
import { localDateOf } from '@sevenfold/domain/schedule';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { factsOf, type KnownCreator } from './creator-facts.js';

/** Holds a creator against a campaign's requirements, today in the campaign's zone. */
export function checkQualified(campaign: Campaign, creator: KnownCreator, now: Date): QualifyResult {
  const today = localDateOf(now.getTime(), campaign.timeZone ?? 'UTC').toString();
  return qualify(campaign.details.requirements ?? {}, factsOf(creator), today);
}

/** As the details of a refusal. */
export function missingDetails(missing: readonly Lack[]): { field: string; need: string; have: string }[] {
  return missing.map(({ field, need, have }) => ({ field, need, have }));
}

const asked: Record<Qualification, { path: string; message: string }> = {
  platform: { path: 'about.profiles', message: 'Name your profile on a platform of this campaign' },
  followers: { path: 'about.profiles', message: 'Say how many followers this profile has' },
  country: { path: 'about.country', message: 'Say in which country you live' },
  age: { path: 'about.birthDate', message: 'Say when you were born' },
  language: { path: 'about.languages', message: 'Say in which languages you publish' },
};

/** What nobody knows of the creator, as fields to fill in. */
export function unknownFields(unknown: readonly Qualification[]): { path: string; message: string }[] {
  return unknown.map((each) => ({ ...asked[each] }));
}
