import type { Json } from '@sevenfold/domain/errors';
import type { MilestoneAction } from '@sevenfold/domain/schedule';
import type { Tx } from '../../db/tx.js';
import { outbox } from '../../engine/outbox.js';
import { tellTeam } from '../../notices/index.js';
import { planStories } from '../../story/plan-stories.js';
import { Workspace } from '../../workspaces/workspace.entity.js';
import { applicantCounts, type ApplicantCounts } from '../applicant-counts.js';
import type { CampaignMilestone } from '../campaign-milestone.entity.js';
import type { Campaign } from '../campaign.entity.js';
import { closeBySchedule } from '../commands/close.js';

type MilestoneDoer = (tx: Tx, campaign: Campaign, milestone: CampaignMilestone) => Promise<void>;
type ReminderKind = 'remind-select' | 'remind-invite' | 'remind-agreements' | 'summary';

/** What each milestone does. */
export const milestoneActions: Record<MilestoneAction, MilestoneDoer> = {
  'post-story': async (tx, campaign) => {
    await planStories(tx, campaign);
    await outbox(tx, 'story.requested', { campaignId: campaign.id });
  },
  'remind-select': reminder('remind-select', async ({ applications }) => ({ applications })),
  'remind-invite': reminder('remind-invite', async ({ invited, applications }, tx) => ({
    invited,
    applications,
    ...(await invitesIncluded(tx)),
  })),
  'remind-agreements': reminder('remind-agreements', async ({ applications, agreements, selectedWithoutAgreement }) => ({
    selected: applications.selected,
    selectedWithoutAgreement,
    agreements,
  })),
  summary: reminder('summary', async ({ applications, agreements, selectedWithoutAgreement }) => ({
    applications,
    agreements,
    selectedWithoutAgreement,
  })),
  close: (tx, campaign) => closeBySchedule(tx, campaign),
};

function reminder(kind: ReminderKind, figures: (counts: ApplicantCounts, tx: Tx) => Promise<Record<string, Json>>): MilestoneDoer {
  return async (tx, campaign, milestone) => {
    const counts = await applicantCounts(tx, campaign.id);
    const data = { name: campaign.name ?? '', closesAt: campaign.closesAt?.toISOString() ?? null, ...(await figures(counts, tx)) };
    await tellTeam(tx, { kind, campaignId: campaign.id, refId: milestone.id, dedupeKey: `${kind}:${milestone.id}`, asks: false, data });
  };
}

/** On Basic the reminder says that invites need another subscription. */
async function invitesIncluded(tx: Tx): Promise<Record<string, Json>> {
  const { subscription } = await tx.em.findOneOrFail(Workspace, { id: tx.workspaceId });
  return { included: subscription !== 'basic', subscription };
}
