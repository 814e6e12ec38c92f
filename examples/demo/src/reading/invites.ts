import type { Stage } from '../stage.ts';

export interface Invite {
  id: string;
  creator: { id: string; name: string };
  text: string;
  status: string;
}

export const readInvites = ({ team, campaignId }: Stage): Promise<Invite[]> =>
  team.mia.api.all<Invite>(`/v1/campaigns/${campaignId}/invites`);
