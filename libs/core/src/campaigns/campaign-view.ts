import type { FieldProblem } from '@sevenfold/domain/errors';
import { missingForPublish, type CampaignDraft, type CampaignStatus } from '@sevenfold/domain/campaigns';
import type { MilestoneAction, Schedule } from '@sevenfold/domain/schedule';
import { nameActors, type NamedActor } from '../audit/named-actor.js';
import type { Tx } from '../db/tx.js';
import { draftOf } from './campaign-fields.js';
import { CampaignMilestone } from './campaign-milestone.entity.js';
import type { Campaign } from './campaign.entity.js';
import type { milestoneStatuses } from './milestone-statuses.js';
import type { CommandName } from './commands/stored-command.js';
import { allowedNow } from './phase.js';
import { isClientReviewer } from '../team/visibility.js';

/** A milestone with its instant (UTC, ISO 8601) and what became of it. */
export interface MilestoneView {
  key: string;
  action: MilestoneAction;
  dueAt: string;
  status: (typeof milestoneStatuses)[number];
  doneAt: string | null;
  note: string | null;
}

/** A campaign as the team sees it. Instants are UTC, ISO 8601; dates are local. */
export interface CampaignView extends Omit<CampaignDraft, 'scheduleId'> {
  id: string;
  status: CampaignStatus;
  paused: boolean;
  version: number;
  scheduleId: string | null;
  createdAt: string;
  updatedAt: string;
  publishedAt: string | null;
  publishedBy: NamedActor | null;
  pausedAt: string | null;
  closesAt: string | null;
  closedAt: string | null;
  closedBy: NamedActor | null;
  startedAt: string | null;
  startedBy: NamedActor | null;
  cancelledAt: string | null;
  finishedAt: string | null;
  /** As frozen at publication, or as rescheduled since. */
  schedule: Schedule | null;
  milestones: MilestoneView[];
  /** The commands that fit its state now. */
  allowed: CommandName[];
  /** What a draft still lacks for publication. */
  missing: FieldProblem[];
}

const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

/** Everything about a campaign that its reader may see. */
export async function toCampaignView(tx: Tx, campaign: Campaign): Promise<CampaignView> {
  const milestones = await tx.em.find(CampaignMilestone, { campaignId: campaign.id }, { orderBy: { dueAt: 1, position: 1 } });
  const nameOf = await nameActors(tx, [campaign.publishedBy, campaign.closedBy, campaign.startedBy]);
  const { terms, ...draft } = draftOf(campaign);
  return {
    ...draft,
    ...(terms && !isClientReviewer(tx.actor) ? { terms } : {}),
    id: campaign.id,
    status: campaign.status,
    paused: campaign.pausedAt != null,
    version: campaign.version,
    scheduleId: campaign.scheduleId ?? null,
    createdAt: campaign.createdAt.toISOString(),
    updatedAt: campaign.updatedAt.toISOString(),
    publishedAt: iso(campaign.publishedAt),
    publishedBy: nameOf(campaign.publishedBy),
    pausedAt: iso(campaign.pausedAt),
    closesAt: iso(campaign.closesAt),
    closedAt: iso(campaign.closedAt),
    closedBy: nameOf(campaign.closedBy),
    startedAt: iso(campaign.startedAt),
    startedBy: nameOf(campaign.startedBy),
    cancelledAt: iso(campaign.cancelledAt),
    finishedAt: iso(campaign.finishedAt),
    schedule: campaign.schedule ?? null,
    milestones: milestones.map(toMilestoneView),
    allowed: allowedNow(campaign),
    missing: campaign.status === 'draft' ? missingForPublish(draftOf(campaign)) : [],
  };
}

function toMilestoneView({ key, action, dueAt, status, doneAt, note }: CampaignMilestone): MilestoneView {
  return { key, action, dueAt: dueAt.toISOString(), status, doneAt: iso(doneAt), note: note ?? null };
}
