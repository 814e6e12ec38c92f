import { apply, thread } from '../doing/as-creator.ts';
import { move } from '../doing/as-team.ts';
import { readApplications } from '../reading/applications.ts';
import { milestoneDone, waitForEntry } from '../reading/timeline.ts';
import type { Stage } from '../stage.ts';
import { chapterOf } from './chapter.ts';
import { application } from './day-2.ts';

const late = ['Finn', 'Otto', 'Pia', 'Xenia', 'Yara'];
const selected = ['Ada', 'Bram', 'Emma', 'Kim', 'Lars', 'Noor', 'Ugo', 'Vera', 'Xenia'];
const declined = ['Daan', 'Finn', 'Wout'];

/** The team pre-selects, and no creator hears of it. */
export async function day3(stage: Stage): Promise<void> {
  const { voice, days, checks, team: { mia, max }, campaignId } = stage;
  await days.until(3, '01:00');
  chapterOf(stage, 3, 'pre-selection');
  voice.say(`${late.slice(0, -1).join(', ')} and ${late.at(-1)} apply as well.`);
  await Promise.all(late.map((first) => apply(stage.creator(first), campaignId, application(first))));
  await days.until(3, '09:00');
  checks.that((await waitForEntry(stage, milestoneDone('remind-select'))) !== undefined, 'at 09:00 the team was reminded to pre-select');
  voice.say(`Max selects ${selected.length} of them and declines ${declined.length}. Wout he selects first and moves back again.`);
  await move(stage, max, 'Wout', 'selected');
  await Promise.all(selected.map((first) => move(stage, max, first, 'selected')));
  await Promise.all(declined.map((first) => move(stage, mia, first, 'declined')));
  await moved(stage);
}

async function moved(stage: Stage): Promise<void> {
  const { checks, creator } = stage;
  const all = [...(await readApplications(stage)).values()];
  const count = (status: string) => all.filter((each) => each.status === status).length;
  const counts = { pending: count('pending'), selected: count('selected'), declined: count('declined') };
  checks.that(counts.pending === 5 && counts.selected === 9 && counts.declined === 3, '9 selected, 3 declined, 5 pending', counts);
  const ada = all.find(({ creator: { id } }) => id === creator('Ada').id);
  checks.that(ada?.moved?.by.name === 'Max Member', 'who moved whom, and when, is on record', ada?.moved);
  const told = (await Promise.all(['Daan', 'Wout', 'Emma'].map((first) => thread(creator(first))))).flat();
  checks.that(told.length === 0, 'no creator hears of it: the threads of Daan, Wout and Emma are empty', told.length);
}
