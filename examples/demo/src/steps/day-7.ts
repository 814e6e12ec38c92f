import { apply } from '../doing/as-creator.ts';
import { invite, press } from '../doing/as-team.ts';
import { attempt } from '../http/expect-refusal.ts';
import { agreementOf } from '../reading/agreements.ts';
import { readCampaign } from '../reading/campaign.ts';
import { recipients, settledMessages } from '../reading/messages.ts';
import type { Stage } from '../stage.ts';
import { eventually } from '../telling/eventually.ts';
import { group, silent, unlucky } from './how-it-ends.ts';
import { chapterOf } from './chapter.ts';
import { application } from './day-2.ts';

/** The campaign closes by itself; then, and only once, it is started. */
export async function day7(stage: Stage): Promise<void> {
  const { days, voice, checks } = stage;
  await days.until(7, '01:00');
  chapterOf(stage, 7, 'close and start');
  voice.say('Nobody presses anything. At 09:00 the campaign closes by itself.');
  await days.until(7, '09:00');
  const campaign = await eventually(() => readCampaign(stage), ({ status }) => status !== 'published');
  checks.that(campaign.status === 'closed', 'the campaign is closed, and nothing has started', campaign.status);
  await tooLate(stage);
  await confirmation(stage);
  await twoPresses(stage);
  await news(stage);
}

async function tooLate(stage: Stage): Promise<void> {
  const { checks, voice, campaignId, creator } = stage;
  voice.say('Tess would like to apply, and Mia would like to invite Carla: both are too late.');
  await checks.refused(apply(creator('Tess'), campaignId, application('Tess')), 'campaign_closed');
  await checks.refused(invite(stage, [{ creatorId: creator('Carla').id }]), 'campaign_closed');
}

async function confirmation({ checks, voice, campaignId, team: { mia } }: Stage): Promise<void> {
  const preview: { group: { name: string }[]; openAgreements: number; others: number; refusal: unknown } =
    await mia.api.get(`/v1/campaigns/${campaignId}/start-preview`);
  voice.say(`Before the start Mia reads whom it is about: ${preview.group.map(({ name }) => name).join(', ')}.`);
  checks.that(
    preview.group.length === group.length && preview.openAgreements === 2 && preview.refusal === null,
    `${preview.group.length} in the group, ${preview.openAgreements} agreements still open, ${preview.others} others will hear`,
    preview,
  );
}

async function twoPresses(stage: Stage): Promise<void> {
  const { checks, voice, campaignId, team: { mia, chris } } = stage;
  voice.say('Mia and Chris press start at the same moment.');
  const presses = await Promise.all([mia, chris].map(async (person) => ({ person, answer: await attempt(press(person, campaignId, 'start')) })));
  const won = presses.filter(({ answer }) => answer.ok);
  const lost = presses.find(({ answer }) => !answer.ok);
  checks.that(won.length === 1, `${won[0]?.person.name ?? 'nobody'} wins, exactly once`, won.length);
  if (lost && !lost.answer.ok) {
    const { code, by, at } = lost.answer.problem;
    const right = code === 'already_started' && by === won[0]?.person.name && typeof at === 'string';
    checks.that(right, `${lost.person.name} is told: started by ${String(by)} on ${stage.days.label(Date.parse(String(at)))}`, lost.answer.problem);
  }
  const otto = await agreementOf(stage, 'Otto');
  const xenia = await agreementOf(stage, 'Xenia');
  checks.that(otto?.status === 'withdrawn' && xenia?.status === 'withdrawn', 'the open agreements of Otto and Xenia are withdrawn, inside their 72 hours', { otto, xenia });
}

/** Who hears what: congratulations, bummer, or nothing. */
async function news(stage: Stage): Promise<void> {
  const { checks, voice } = stage;
  voice.say('The group gets congratulations, every other applicant a kind “not this time”. Who refused, dropped out or never applied hears nothing.');
  const happy = recipients(stage, await settledMessages(stage, 'congratulations', group.length));
  checks.that(same(happy, group), `congratulations: ${happy.join(', ')}`, happy);
  const sad = recipients(stage, await settledMessages(stage, 'bummer', unlucky.length));
  checks.that(same(sad, unlucky), `bummer: ${sad.join(', ')}`, sad);
  const told = silent.filter((first) => happy.includes(first) || sad.includes(first));
  checks.that(told.length === 0, `nothing: ${silent.join(', ')}`, told);
}

const same = (some: readonly string[], others: readonly string[]) => some.length === others.length && some.every((each) => others.includes(each));
