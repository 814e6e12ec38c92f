import type { Requirements } from './requirements.js';

/** What is known of a creator. Null and absent mean unknown, which is asked for and never refused. */
export interface CreatorFacts {
  profiles: readonly { platform: string; followers?: number | null }[];
  country?: string | null;
  /** `YYYY-MM-DD` */
  birthDate?: string | null;
  languages: readonly string[];
}

export type Qualification = 'platform' | 'followers' | 'country' | 'age' | 'language';

/** A type and not an interface, so that it counts as JSON. */
export type Lack = {
  field: Qualification;
  need: string;
  have: string;
};

export interface QualifyResult {
  /** What the creator is known to lack; each is named in the refusal. */
  missing: Lack[];
  /** What nobody knows; it is asked for. */
  unknown: Qualification[];
}

/**
 * Holds a creator against a campaign's requirements.
 * @param today `YYYY-MM-DD` in the campaign's zone: ages are judged on a date
 */
export function qualify(requirements: Requirements, creator: CreatorFacts, today: string): QualifyResult {
  const found: QualifyResult = { missing: [], unknown: [] };
  platforms(requirements, creator, found);
  if (requirements.countries?.length) {
    if (!creator.country) found.unknown.push('country');
    else if (!requirements.countries.includes(creator.country)) {
      found.missing.push({ field: 'country', need: requirements.countries.join(', '), have: creator.country });
    }
  }
  age(requirements, creator, today, found);
  if (requirements.languages?.length) {
    if (creator.languages.length === 0) found.unknown.push('language');
    else if (!requirements.languages.some((each) => creator.languages.includes(each))) {
      found.missing.push({ field: 'language', need: requirements.languages.join(', '), have: creator.languages.join(', ') });
    }
  }
  return found;
}

function platforms({ platforms: wanted }: Requirements, { profiles }: CreatorFacts, found: QualifyResult): void {
  if (!wanted?.length) return;
  const need = wanted.map(({ platform, minFollowers }) => (minFollowers > 0 ? `${platform} with ${minFollowers} followers` : platform)).join(' or ');
  if (profiles.length === 0) {
    found.unknown.push('platform');
    return;
  }
  const there = wanted.flatMap((want) =>
    profiles.filter(({ platform }) => platform === want.platform).map(({ platform, followers }) => ({ platform, followers, min: want.minFollowers })),
  );
  if (there.length === 0) {
    found.missing.push({ field: 'platform', need, have: profiles.map(({ platform }) => platform).join(', ') });
  } else if (there.some(({ followers, min }) => min === 0 || (followers != null && followers >= min))) {
    return;
  } else if (there.some(({ followers }) => followers == null)) {
    found.unknown.push('followers');
  } else {
    found.missing.push({ field: 'followers', need, have: there.map(({ platform, followers }) => `${platform} with ${followers}`).join(', ') });
  }
}

function age({ minAge, maxAge }: Requirements, { birthDate }: CreatorFacts, today: string, found: QualifyResult): void {
  if (minAge === undefined && maxAge === undefined) return;
  if (!birthDate) {
    found.unknown.push('age');
    return;
  }
  const years = ageOn(birthDate, today);
  if (years < (minAge ?? 0) || years > (maxAge ?? Infinity)) {
    const need = minAge === undefined ? `at most ${maxAge}` : maxAge === undefined ? `at least ${minAge}` : `${minAge} to ${maxAge}`;
    found.missing.push({ field: 'age', need, have: String(years) });
  }
}

/** Full years between two `YYYY-MM-DD`; whoever was born on 29 February has their birthday on 1 March in other years. */
export function ageOn(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
