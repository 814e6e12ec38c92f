import { inZone, type MilestoneAction, type ZonedInstant } from '@sevenfold/domain/schedule';
import type { Json } from '@sevenfold/domain/errors';
import { nameActors, type NamedActor } from '../../audit/named-actor.js';
import { rawInstant } from '../../db/raw-instant.js';
import type { Tx } from '../../db/tx.js';
import { toPage, type Page, type PageRequest } from '../../paging/index.js';
import { isClientReviewer } from '../../team/visibility.js';
import { Workspace } from '../../workspaces/workspace.entity.js';
import { findCampaign } from '../get-campaign.js';
import { pendingMilestones } from '../milestones/settle-milestones.js';
import { findEvents, type TimelineEvent } from './events.js';
import { eventTitle, milestoneTitle } from './words.js';

/** Something that happened. */
export interface TimelineEntry {
  id: string;
  when: ZonedInstant;
  /** `noun.verb`, as in the audit log; `notice.…` for what the team was told or asked. */
  action: string;
  title: string;
  by: NamedActor | null;
  entity: string;
  entityId: string | null;
  data: Record<string, Json>;
}

/** Something that is still to come. */
export interface ComingMilestone {
  key: string;
  action: MilestoneAction;
  title: string;
  when: ZonedInstant;
}

export interface Timeline extends Page<TimelineEntry> {
  /** The campaign's zone; the workspace's while a draft has none. */
  timeZone: string;
  /** Earliest first; while paused these moments stand still and move when it is resumed. */
  next: ComingMilestone[];
  paused: boolean;
}

/**
 * What happened in a campaign, newest first, when and by whom, and what comes next and when, in its own zone.
 * Client reviewers get the campaign's own events, without their details.
 * @throws DomainError `not_found`
 */
export async function timeline(tx: Tx, campaignId: string, page: PageRequest): Promise<Timeline> {
  const campaign = await findCampaign(tx, campaignId);
  const timeZone = campaign.timeZone ?? (await tx.em.findOneOrFail(Workspace, { id: tx.workspaceId })).timeZone;
  const narrow = isClientReviewer(tx.actor);
  const events = await findEvents(tx, campaignId, page, narrow);
  const nameOf = await nameActors(tx, events.map(({ actor }) => actor));
  const zoned = (at: string) => inZone(rawInstant(at).getTime(), timeZone);
  const entry = (event: TimelineEvent): TimelineEntry => ({
    id: event.id,
    when: zoned(event.created_at),
    action: event.action,
    title: eventTitle(event.action, event.data),
    by: nameOf(event.actor),
    entity: event.entity,
    entityId: event.entity_id,
    data: narrow ? {} : event.data,
  });
  const position = ({ created_at, id }: TimelineEvent) => ({ key: rawInstant(created_at).toISOString(), id });
  return {
    ...toPage(events, page.limit, position, entry),
    timeZone,
    paused: campaign.pausedAt != null,
    next: (await pendingMilestones(tx, campaignId)).map(({ key, action, dueAt }) => ({
      key, action, title: milestoneTitle(action), when: inZone(dueAt.getTime(), timeZone),
    })),
  };
}
