import type { Stage } from '../stage.ts';

export interface Milestone {
  key: string;
  action: string;
  dueAt: string;
  status: 'pending' | 'done' | 'dropped' | string;
  note: string | null;
}

export interface Campaign {
  id: string;
  status: string;
  paused: boolean;
  publishedAt: string | null;
  closesAt: string | null;
  startedBy: { name: string } | null;
  startedAt: string | null;
  milestones: Milestone[];
  missing: { path: string; message: string }[];
}

export const readCampaign = ({ team, campaignId }: Stage): Promise<Campaign> => team.mia.api.get(`/v1/campaigns/${campaignId}`);
