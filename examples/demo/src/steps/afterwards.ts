import { collaborationOf, readCollaborations } from '../reading/collaborations.ts';
import type { Stage } from '../stage.ts';
import { addresses } from './addresses.ts';
import { chapterOf } from './chapter.ts';
import { groupMessage } from './group-message.ts';
import { group } from './how-it-ends.ts';
import { results } from './results.ts';

/** The group is fixed: a message to all, addresses and parcels, results. */
export async function afterwards(stage: Stage): Promise<void> {
  chapterOf(stage, 7, 'the collaboration has begun');
  const members = (await readCollaborations(stage)).map(({ creator }) => creator.name);
  stage.checks.that(members.length === group.length, `the group stands under collaborations: ${members.length} creators, fixed for ever`, members);
  await addresses(stage);
  await groupMessage(stage);
  await parcel(stage);
  await results(stage);
}

async function parcel(stage: Stage): Promise<void> {
  const { id } = await collaborationOf(stage, 'Ada');
  await stage.team.max.api.post(`/v1/collaborations/${id}/parcels`, { carrier: 'PostNL', trackingCode: `3STEA${stage.run.toUpperCase()}` });
  const own: { data: { parcels: { trackingCode: string }[] }[] } = await stage.creator('Ada').api.get('/v1/creator/collaborations');
  stage.voice.say('Max sends the first tea.');
  stage.checks.that(own.data[0]?.parcels.length === 1, `Ada can follow her parcel: ${own.data[0]?.parcels[0]?.trackingCode}`, own.data);
}
