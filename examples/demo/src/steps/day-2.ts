import { apply, enterAddress, homeOf } from '../doing/as-creator.ts';
import type { Stage } from '../stage.ts';
import { chapterOf } from './chapter.ts';

const applicants = ['Ada', 'Bram', 'Chloé', 'Daan', 'Emma', 'Kim', 'Lars', 'Mila', 'Ugo', 'Vera', 'Wout'];

/** Applications come in. One is refused, by name of what is missing; one is asked for what nobody knows. */
export async function day2(stage: Stage): Promise<void> {
  const { voice, days, checks, campaignId } = stage;
  await days.until(2, '01:00');
  chapterOf(stage, 2, 'applications');
  voice.say(`${applicants.slice(0, -1).join(', ')} and ${applicants.at(-1)} apply, by their personal links.`);
  await Promise.all(applicants.map((first) => apply(stage.creator(first), campaignId, application(first))));
  await lacking(stage);
  await unknown(stage);
  voice.say('Ada, Kim, Ugo and Mila enter legal name and postal address for the parcel already.');
  voice.why('What a creator enters for a campaign is closed to the team until its start; we come back to it.');
  for (const [index, first] of ['Ada', 'Kim', 'Ugo', 'Mila'].entries()) {
    const creator = stage.creator(first);
    await enterAddress(creator, campaignId, homeOf(creator, index + 1));
  }
  checks.that(true, 'four addresses are kept, sealed');
}

export const application = (first: string) => ({
  motivation: `Tea is the quiet part of my day, and I would like to show it. Yours, ${first}`,
  answers: { moment: 'The quarter of an hour before everybody else is awake.' },
  price: { amountMinor: 45_000, currency: 'EUR' },
});

async function lacking({ checks, voice, campaignId, creator }: Stage): Promise<void> {
  voice.say('Quinn applies too, with 900 followers and not yet of age.');
  const problem = await checks.refused(apply(creator('Quinn'), campaignId, application('Quinn')), 'not_qualified', ({ missing }) =>
    (missing as Lack[]).map(({ field, need, have }) => `${field}: needs ${need}, has ${have}`).join('; '));
  const lacks = ((problem?.missing ?? []) as Lack[]).map(({ field }) => field);
  checks.that(lacks.includes('followers') && lacks.includes('age'), 'each lacking qualification is named', lacks);
}

interface Lack {
  field: string;
  need: string;
  have: string;
}

async function unknown({ checks, voice, campaignId, creator }: Stage): Promise<void> {
  voice.say('Nobody knows Noor’s birthday. Unknown is not lacking: she is asked, and answers.');
  await checks.refused(apply(creator('Noor'), campaignId, application('Noor')), 'invalid_fields', ({ fields }) =>
    (fields as { path: string; message: string }[]).map(({ path, message }) => `${path}: ${message}`).join('; '));
  await apply(creator('Noor'), campaignId, { ...application('Noor'), about: { birthDate: '1994-03-08' } });
  checks.that(true, 'Noor has applied');
}
