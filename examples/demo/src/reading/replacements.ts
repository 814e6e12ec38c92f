import type { Stage } from '../stage.ts';

export interface Replacement {
  id: string;
  creator: { id: string; name: string };
  reason: string;
  status: 'open' | 'chosen' | 'lapsed';
}

export async function readReplacements({ team, campaignId }: Stage): Promise<Replacement[]> {
  const found: { data: Replacement[] } = await team.mia.api.get(`/v1/campaigns/${campaignId}/replacements`);
  return found.data;
}
