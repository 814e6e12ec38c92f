import { describe, expect, it } from '@jest/globals';
import { ageOn, qualify, requirementsSchema, type CreatorFacts } from './index.js';

const creator: CreatorFacts = {
  profiles: [{ platform: 'instagram', followers: 12_000 }, { platform: 'tiktok', followers: null }],
  country: 'NL', birthDate: '2000-05-05', languages: ['nl', 'en'],
};
const today = '2026-05-04';
const fields = (requirements: unknown, facts: CreatorFacts = creator) => {
  const { missing, unknown } = qualify(requirementsSchema.parse(requirements), facts, today);
  return { missing: missing.map(({ field }) => field), unknown };
};

describe('qualification', () => {
  it('asks nothing where nothing is required', () => {
    expect(fields({}, { profiles: [], languages: [] })).toEqual({ missing: [], unknown: [] });
    expect(fields({ countries: [], languages: [], platforms: [] })).toEqual({ missing: [], unknown: [] });
  });

  it('names everything that is missing, with what is needed and what is there', () => {
    const all = { platforms: [{ platform: 'instagram', minFollowers: 50_000 }], countries: ['DE', 'BE'], minAge: 30, languages: ['de'] };
    expect(qualify(requirementsSchema.parse(all), creator, today).missing).toEqual([
      { field: 'followers', need: 'instagram with 50000 followers', have: 'instagram with 12000' },
      { field: 'country', need: 'DE, BE', have: 'NL' },
      { field: 'age', need: 'at least 30', have: '25' },
      { field: 'language', need: 'de', have: 'nl, en' },
    ]);
  });

  it('asks for what nobody knows instead of refusing', () => {
    const all = { platforms: [{ platform: 'instagram' }], countries: ['NL'], minAge: 18, languages: ['nl'] };
    expect(fields(all, { profiles: [], languages: [] })).toEqual({ missing: [], unknown: ['platform', 'country', 'age', 'language'] });
    expect(fields({ platforms: [{ platform: 'tiktok', minFollowers: 1 }] })).toEqual({ missing: [], unknown: ['followers'] });
  });

  it('is content with one of the platforms', () => {
    expect(fields({ platforms: [{ platform: 'youtube' }, { platform: 'instagram', minFollowers: 12_000 }] })).toEqual({ missing: [], unknown: [] });
    expect(fields({ platforms: [{ platform: 'youtube' }] })).toEqual({ missing: ['platform'], unknown: [] });
  });

  it('counts ages on the day, the birthday included', () => {
    expect([ageOn('2000-05-05', '2026-05-04'), ageOn('2000-05-05', '2026-05-05')]).toEqual([25, 26]);
    expect([ageOn('2008-02-29', '2026-02-28'), ageOn('2008-02-29', '2026-03-01')]).toEqual([17, 18]);
    expect(fields({ minAge: 26 }).missing).toEqual(['age']);
    expect(fields({ maxAge: 25 }).missing).toEqual([]);
  });

  it('refuses requirements nobody can meet', () => {
    expect(requirementsSchema.safeParse({ minAge: 40, maxAge: 20 }).error?.issues[0]?.path).toEqual(['maxAge']);
  });
});
