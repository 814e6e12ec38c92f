import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { campaignDraftSchema, missingForPublish, type CampaignDraft } from './index.js';

const complete = {
  name: 'Spring', clientId: '0190b1a2-1111-7222-8333-444455556666', brief: 'Show the shoes', startsOn: '2026-04-01', endsOn: '2026-05-01',
  timeZone: 'Europe/Amsterdam', requirements: {}, contact: { name: 'Mia', phone: '+31612345678' },
} satisfies CampaignDraft;

const paths = (input: unknown) => {
  const read = campaignDraftSchema.safeParse(input);
  return read.success ? [] : read.error.issues.map(({ path }) => path.join('.')).sort();
};

describe('a draft', () => {
  it('may lack everything, and says what it lacks by name', () => {
    expect(paths({})).toEqual([]);
    expect(missingForPublish({}).map(({ path }) => path)).toEqual(['name', 'clientId', 'brief', 'startsOn', 'endsOn', 'timeZone', 'requirements', 'contact']);
    expect(missingForPublish(campaignDraftSchema.parse(complete))).toEqual([]);
  });

  it('names exactly what is missing, whatever that is', () => {
    fc.assert(fc.property(fc.subarray(Object.keys(complete)), (kept) => {
      const draft = Object.fromEntries(Object.entries(complete).filter(([key]) => kept.includes(key)));
      const named = missingForPublish(campaignDraftSchema.parse(draft)).map(({ path }) => path);
      expect([...named, ...kept].sort()).toEqual(Object.keys(complete).sort());
    }));
  });

  it('refuses what is wrong, each by its path', () => {
    expect(paths({ ...complete, endsOn: '2026-03-01' })).toEqual(['endsOn']);
    expect(paths({
      name: '  ', timeZone: 'Mars/Olympus', startsOn: '1 April', contact: { name: 'Mia' },
      requirements: { minAge: -1, countries: ['nl'] }, terms: { feeMinor: 1.5 }, figures: [{ platform: 'instagram', metric: 'glory', why: 'x', how: 'y' }],
    })).toEqual(['contact.phone', 'figures.0.metric', 'name', 'requirements.countries.0', 'requirements.minAge', 'startsOn', 'terms.feeMinor', 'timeZone']);
    expect(paths({ unknown: 1 })).toHaveLength(1);
  });

  it('takes no offset for a time zone: it would know no clock changes', () => {
    expect(paths({ timeZone: '+02:00' })).toEqual(['timeZone']);
    expect(paths({ timeZone: 'America/Argentina/Buenos_Aires' })).toEqual([]);
    expect(paths({ timeZone: 'UTC' })).toEqual([]);
  });
});
