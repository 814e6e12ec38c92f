import { dropOut, sign } from '../doing/agreement-as-creator.ts';
import { homeOf } from '../doing/as-creator.ts';
import { press, visibleAddresses } from '../doing/as-team.ts';
import { agreementOf, countByStatus, readAgreements } from '../reading/agreements.ts';
import { milestoneDone, waitForEntry } from '../reading/timeline.ts';
import type { Stage } from '../stage.ts';
import { eventually } from '../telling/eventually.ts';
import { chapterOf } from './chapter.ts';
import { replace } from './replace.ts';

/** Who is in; a drop-out after signing; what is not possible yet. */
export async function day6(stage: Stage): Promise<void> {
  const { voice, days, checks } = stage;
  await days.until(6, '01:00');
  chapterOf(stage, 6, 'who is in');
  voice.say('Emma, Noor, Rosa and Lars sign, and Chloé, who came in for Bram.');
  await Promise.all(['Emma', 'Noor', 'Rosa', 'Lars', 'Chloé'].map((first) => sign(stage.creator(first))));
  const made = await eventually(() => readAgreements(stage), (all) => all.every(({ pdfReady }) => pdfReady));
  checks.that(made.every(({ pdfReady }) => pdfReady), `the PDFs of all ${made.length} agreements are made`, made.filter(({ pdfReady }) => !pdfReady).length);
  await days.until(6, '09:00');
  checks.that((await waitForEntry(stage, milestoneDone('summary'))) !== undefined, 'at 09:00 the team got the summary of who has signed');
  voice.say('Lars drops out although he has signed: his agenda has changed. He may, until the start.');
  await dropOut(stage.creator('Lars'), 'My agenda has changed.');
  const lars = await agreementOf(stage, 'Lars');
  checks.that(lars?.status === 'declined' && lars.droppedOut, 'he shows as declined, dropped out', lars);
  await replace(stage, 'Lars', 'Otto');
  voice.why('We shall see whether Otto makes it in time.');
  const counts = countByStatus(await readAgreements(stage));
  checks.that(counts.accepted === 10 && counts.pending === 2, `the agreements: ${Object.entries(counts).map(([status, count]) => `${count} ${status}`).join(', ')}`, counts);
  await tooEarly(stage);
  await closed(stage);
  await reminded(stage);
}

async function tooEarly({ voice, checks, campaignId, team: { mia } }: Stage): Promise<void> {
  voice.say('Mia presses start, a day too early.');
  await checks.refused(press(mia, campaignId, 'start'), 'wrong_state', ({ state, allowed }) =>
    `the campaign is ${String(state)}; possible now: ${(allowed as string[]).join(', ')}`);
}

/** Nothing a creator entered can be read before the start; what the team typed itself can. */
async function closed(stage: Stage): Promise<void> {
  const { voice, checks, creator, campaignId, team: { mia } } = stage;
  voice.say('Mia looks for the addresses. Vera’s she types herself, from a telephone call.');
  await mia.api.put(`/v1/creators/${creator('Vera').id}/addresses`, homeOf(creator('Vera'), 9));
  const ada = await visibleAddresses(stage, creator('Ada'));
  const vera = await visibleAddresses(stage, creator('Vera'));
  checks.that(ada.length === 0 && vera.length === 1, 'Vera’s is there; Ada’s, entered for the campaign, cannot be seen', { ada, vera });
  await checks.refused(mia.api.bytes(`/v1/campaigns/${campaignId}/addresses.xlsx`), 'wrong_state', () => 'no export either, before the start');
}

async function reminded(stage: Stage): Promise<void> {
  await stage.days.until(6, '20:00');
  const xenia = await eventually(() => agreementOf(stage, 'Xenia'), (found) => found?.remindedAt != null);
  stage.voice.say('Xenia has still not signed. 24 hours before her time is over she is reminded, by herself alone.');
  stage.checks.that(xenia?.remindedAt != null, 'the reminder went out at its moment', xenia);
}
