import type { Stage } from '../stage.ts';

export interface Collaboration {
  id: string;
  creator: { id: string; name: string };
  parcels: { carrier: string; trackingCode: string }[];
}

/** The group. */
export const readCollaborations = ({ team, campaignId }: Stage): Promise<Collaboration[]> =>
  team.mia.api.all<Collaboration>(`/v1/campaigns/${campaignId}/collaborations`);

/** @throws Error when they are not in the group */
export async function collaborationOf(stage: Stage, first: string): Promise<Collaboration> {
  const { id } = stage.creator(first);
  const found = (await readCollaborations(stage)).find(({ creator }) => creator.id === id);
  if (!found) throw new Error(`${first} is not in the group`);
  return found;
}
