import { applicationOf, sendAgreements } from '../doing/as-team.ts';
import { readReplacements } from '../reading/replacements.ts';
import type { Stage } from '../stage.ts';
import { eventually } from '../telling/eventually.ts';

/** The team is asked to choose somebody in place of another, chooses, and sends the agreement. */
export async function replace(stage: Stage, left: string, by: string): Promise<void> {
  const { checks, creator, team: { mia } } = stage;
  const all = await eventually(() => readReplacements(stage), (found) => found.some(({ creator: { id } }) => id === creator(left).id));
  const question = all.find(({ creator: { id } }) => id === creator(left).id);
  checks.that(question?.status === 'open', `the team is asked to choose a replacement for ${left}`, question);
  await mia.api.post(`/v1/replacements/${question?.id}/choose`, { applicationId: await applicationOf(stage, by) });
  const sent = await sendAgreements(stage, [by]);
  const after = (await readReplacements(stage)).find(({ id }) => id === question?.id);
  checks.that(sent === 1 && after?.status === 'chosen', `Mia chooses ${by}, who was pending, and the agreement goes out`, after);
}
