import { decline, sign } from '../doing/agreement-as-creator.ts';
import { applicationOf, move, sendAgreements } from '../doing/as-team.ts';
import { agreementOf, readAgreements } from '../reading/agreements.ts';
import { milestoneDone, waitForEntry } from '../reading/timeline.ts';
import type { Stage } from '../stage.ts';
import { chapterOf } from './chapter.ts';
import { replace } from './replace.ts';

const signing = ['Ada', 'Kim', 'Ugo', 'Vera', 'Hugo', 'Zoë'];

/** Agreements go out, most are signed, one is declined and replaced. */
export async function day5(stage: Stage): Promise<void> {
  const { voice, days, checks } = stage;
  await days.until(5, '01:00');
  chapterOf(stage, 5, 'agreements');
  await days.until(5, '09:00');
  checks.that((await waitForEntry(stage, milestoneDone('remind-agreements'))) !== undefined, 'at 09:00 the team was reminded to send agreements');
  voice.say('Mia sends the agreement to everybody selected who has none yet.');
  checks.that((await sendAgreements(stage)) === 11, 'eleven go out; Xenia has hers and gets no second one');
  voice.why('Each text is frozen, with its SHA-256: that is what is signed. Every creator is told on their own channel.');
  await days.until(5, '12:00');
  voice.say(`${signing.slice(0, -1).join(', ')} and ${signing.at(-1)} open the link in their message, type their names and tick.`);
  await Promise.all(signing.map((first) => sign(stage.creator(first))));
  await frozen(stage);
  await days.until(5, '17:00');
  await declined(stage);
}

async function frozen(stage: Stage): Promise<void> {
  const { checks, team: { mia } } = stage;
  const signed = await agreementOf(stage, 'Ada');
  checks.that(signed?.status === 'accepted' && /^[0-9a-f]{64}$/.test(signed.documentHash), `Ada’s is accepted; what she signed has the hash ${signed?.documentHash.slice(0, 12)}…`);
  checks.that(signed?.signed?.name === null, 'the name she typed stays closed to the team until the start', signed?.signed);
  const moving = move(stage, mia, 'Ada', 'declined');
  await checks.refused(moving, 'agreement_open', () => 'who has an agreement cannot be moved without withdrawing it');
}

async function declined(stage: Stage): Promise<void> {
  const { voice, checks } = stage;
  await decline(stage.creator('Bram'), 'I have just signed with another tea brand.');
  voice.say('Bram declines: he has just signed with another tea brand.');
  const open = (await readAgreements(stage)).filter(({ status }) => status === 'pending').length;
  checks.that((await agreementOf(stage, 'Bram'))?.status === 'declined', `his agreement is declined; ${open} are still open`);
  await replace(stage, 'Bram', 'Chloé');
  const again = stage.team.mia.api.post(`/v1/campaigns/${stage.campaignId}/agreements`, {
    items: [{ applicationId: await applicationOf(stage, 'Bram') }],
  });
  await checks.refused(again, 'refusal_final', () => 'Bram’s no is final in this campaign');
}
