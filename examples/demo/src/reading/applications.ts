import type { Stage } from '../stage.ts';

export interface Application {
  id: string;
  creator: { id: string; name: string };
  status: 'pending' | 'selected' | 'declined';
  source: string;
  byHand: { reason: string; by: { name: string } } | null;
  moved: { at: string; by: { name: string } } | null;
  agreement: { id: string; status: string; droppedOut: boolean } | null;
}

/** All applications of the campaign, by the creator's id. */
export async function readApplications({ team, campaignId }: Stage): Promise<Map<string, Application>> {
  const all = await team.mia.api.all<Application>(`/v1/campaigns/${campaignId}/applications`);
  return new Map(all.map((each) => [each.creator.id, each]));
}
