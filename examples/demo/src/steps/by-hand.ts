import { showInterest } from '../doing/show-interest.ts';
import { readApplications } from '../reading/applications.ts';
import type { Stage } from '../stage.ts';

/** An interested creator lacks a qualification; customer success helps past the rules, on record. */
export async function byHand(stage: Stage): Promise<void> {
  const { voice, checks, creator, campaignId, team: { max, chris } } = stage;
  const rosa = creator('Rosa');
  const outcome = await showInterest(rosa);
  voice.say('Rosa is interested too, but has 4,200 followers where 5,000 are asked.');
  checks.that(outcome.outcome === 'not-qualified', 'she is not in yet, and the team is told what she lacks', outcome);
  voice.say('Max asks customer success: “Her pictures are exactly the mood of the brief.”');
  const reason = 'Her pictures are exactly the mood of the brief';
  const request: { id: string } = await max.api.post(`/v1/campaigns/${campaignId}/customer-success-requests`, { creatorId: rosa.id, reason });
  await checks.refused(max.api.post(`/v1/customer-success-requests/${request.id}/resolve`, { decision: 'add' }), 'forbidden', () => 'Max himself cannot add her');
  await chris.api.post(`/v1/customer-success-requests/${request.id}/resolve`, { decision: 'add', reason });
  const added = (await readApplications(stage)).get(rosa.id);
  checks.that(
    added?.status === 'pending' && added.byHand?.by.name === chris.name,
    'Chris adds her by hand: pending, marked so, with the reason',
    added,
  );
}
