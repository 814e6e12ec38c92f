import { write } from '../doing/as-creator.ts';
import { invite, move, sendAgreements } from '../doing/as-team.ts';
import { showInterest } from '../doing/show-interest.ts';
import { answerYesBySms } from '../doing/sms.ts';
import { readApplications } from '../reading/applications.ts';
import { readInvites } from '../reading/invites.ts';
import { milestoneDone, waitForEntry } from '../reading/timeline.ts';
import type { Stage } from '../stage.ts';
import { eventually } from '../telling/eventually.ts';
import { chapterOf } from './chapter.ts';
import { byHand } from './by-hand.ts';

const edited: Record<string, string> = {
  Hugo: 'Hi {{creator.name}}, your post about the old canal house stayed with us. “{{campaign.name}}” for {{client.name}} is that kind of quiet. Would you look at it?',
  Zoë: 'Hi {{creator.name}}, we loved your rainy Sunday. Would you show one more, with tea, for {{client.name}}?',
};

/** Outreach: invites with edited texts, three ways to show interest, and an addition by hand. */
export async function day4(stage: Stage): Promise<void> {
  const { voice, days, checks } = stage;
  await days.until(4, '01:00');
  chapterOf(stage, 4, 'outreach');
  await notOnBasic(stage);
  await days.until(4, '09:00');
  checks.that((await waitForEntry(stage, milestoneDone('remind-invite'))) !== undefined, 'at 09:00 the team was reminded to invite');
  await invites(stage);
  await interest(stage);
  await byHand(stage);
  for (const first of ['Hugo', 'Zoë', 'Rosa']) await move(stage, stage.team.max, first, 'selected');
  voice.say('Max selects Hugo, Zoë and Rosa as well; Greta stays pending.');
  await days.until(4, '20:00');
  voice.say('Xenia is about to travel: Mia sends her the agreement today already, with a fee of her own.');
  voice.why('An agreement may be sent any time after publication. From then she has 72 hours, which a short day makes into a minute.');
  checks.that((await sendAgreements(stage, ['Xenia'], { feeMinor: 52_000 })) === 1, 'one agreement is on its way');
}

async function notOnBasic({ voice, checks, team: { olga, mia }, campaignId, creator }: Stage): Promise<void> {
  voice.say('What if the agency were on Basic? Olga switches for a moment, Mia tries to invite Hugo, Olga switches back.');
  await olga.api.patch('/v1/workspace', { subscription: 'basic' });
  const tried = mia.api.post(`/v1/campaigns/${campaignId}/invites`, { creators: [{ creatorId: creator('Hugo').id }] });
  await checks.refused(tried, 'subscription_required', ({ needed }) => `needs ${String(needed)}`);
  await olga.api.patch('/v1/workspace', { subscription: 'professional' });
}

async function invites(stage: Stage): Promise<void> {
  const invited = ['Greta', 'Hugo', 'Rosa', 'Sem', 'Zoë', 'Anouk'];
  stage.voice.say('Mia invites Greta, Hugo, Rosa, Sem, Zoë and Anouk from the network. The prepared text is fine for four; Hugo’s and Zoë’s she writes herself.');
  const { data } = await invite(stage, invited.map((first) => ({
    creatorId: stage.creator(first).id, ...(edited[first] !== undefined && { text: edited[first] }),
  })));
  stage.checks.that(data.every(({ result }) => result === 'sent'), 'six invites went to six threads', data);
  const all = await readInvites(stage);
  const hugo = all.find(({ creator }) => creator.id === stage.creator('Hugo').id);
  stage.checks.that(hugo?.text.includes('canal house') === true, 'Hugo’s says what Mia wrote, with its variables filled', hugo?.text);
}

async function interest(stage: Stage): Promise<void> {
  const { voice, checks, notes, creator } = stage;
  await showInterest(creator('Hugo'));
  voice.say('Hugo opens the link in his message and presses “I’m interested”.');
  notes.smsSimulated = await answerYesBySms(stage, creator('Zoë'));
  if (!notes.smsSimulated) await showInterest(creator('Zoë'));
  voice.say(notes.smsSimulated ? 'Zoë answers YES by SMS.' : 'Zoë follows her link too (there is no SMS emulator here to answer YES with).');
  const applied = await eventually(() => readApplications(stage), (all) => all.has(creator('Zoë').id));
  checks.that(applied.has(creator('Hugo').id) && applied.has(creator('Zoë').id), 'both have a pending application');
  await freeText(stage);
}

async function freeText(stage: Stage): Promise<void> {
  const { voice, checks, creator, team: { max } } = stage;
  const greta = creator('Greta');
  await write(greta, 'Sounds lovely! How many posts would it be?');
  voice.say('Greta writes in the app: “Sounds lovely! How many posts would it be?”');
  checks.that(!(await readApplications(stage)).has(greta.id), 'a free text is never taken for a yes');
  const asked = await waitForEntry(stage, ({ action }) => action === 'notice.mark-interested');
  checks.that(asked !== undefined, 'the team is offered “Mark as interested” instead');
  const own = (await readInvites(stage)).find((each) => each.creator.id === greta.id);
  await max.api.post(`/v1/invites/${own?.id}/interested`);
  checks.that((await readApplications(stage)).has(greta.id), 'Max presses it: Greta’s application is pending');
}
