import { missingForPublish } from '@sevenfold/domain/campaigns';
import { DomainError, type Json } from '@sevenfold/domain/errors';
import { defaultSchedule, instantsOf, type DueMilestone, type Schedule } from '@sevenfold/domain/schedule';
import type { Tx } from '../../db/tx.js';
import { enterDigest } from '../../newsletters/enter-digest.js';
import { tellTeam } from '../../notices/index.js';
import { scheduleDefinition } from '../../schedules/schedule-definition.js';
import { draftOf } from '../campaign-fields.js';
import type { Campaign } from '../campaign.entity.js';
import { changed } from '../changed.js';
import { checkReferences } from '../check-references.js';
import { planMilestones } from '../milestones/plan-milestones.js';
import { assertPhase } from './assert-phase.js';

/**
 * Day 1 (E1): freezes the schedule, works out its instants, opens the campaign for applications and enters it in the
 * next newsletter. The story follows by its milestone.
 * @throws DomainError `wrong_state`, `campaign_incomplete` with every missing field, `invalid_fields`
 */
export async function publish(tx: Tx, campaign: Campaign): Promise<Json> {
  assertPhase('publish', campaign);
  const { schedule, milestones, close, timeZone } = await preparePublication(tx, campaign);
  campaign.status = 'published';
  campaign.publishedAt = tx.now;
  campaign.publishedBy = tx.actor;
  campaign.schedule = schedule;
  campaign.closesAt = new Date(close.dueAt);
  planMilestones(tx, campaign, milestones);
  changed(tx, campaign, 'published', { closesAt: campaign.closesAt.toISOString(), timeZone });
  const digest = await enterDigest(tx, campaign.id, schedule);
  await tellTeam(tx, {
    kind: 'campaign-published', campaignId: campaign.id, dedupeKey: `campaign-published:${campaign.id}`, asks: false,
    data: { name: campaign.name ?? '', closesAt: campaign.closesAt.toISOString(), timeZone, newsletterAt: digest.dueAt.toISOString() },
  });
  return { closesAt: campaign.closesAt.toISOString() };
}

export interface Publication {
  schedule: Schedule;
  timeZone: string;
  milestones: DueMilestone[];
  close: DueMilestone;
}

/**
 * Everything publishing needs, changing nothing; also asked before the engine is, so that a missing field is named
 * while the engine is away.
 * @throws DomainError `campaign_incomplete`, `invalid_fields`
 */
export async function preparePublication(tx: Tx, campaign: Campaign): Promise<Publication> {
  const draft = draftOf(campaign);
  const fields = missingForPublish(draft);
  if (fields.length > 0 || draft.timeZone === undefined) {
    throw new DomainError('campaign_incomplete', { fields: fields.map((each) => ({ ...each })) });
  }
  await checkReferences(tx, draft);
  const schedule = draft.scheduleId === undefined ? defaultSchedule : await scheduleDefinition(tx, draft.scheduleId);
  const milestones = instantsOf(schedule, { publishedAt: tx.now.getTime(), timeZone: draft.timeZone });
  const close = milestones.find(({ action }) => action === 'close');
  if (!close || close.dueAt <= tx.now.getTime()) {
    // Only a schedule that closes on day 1 can do this.
    throw new DomainError('invalid_fields', { fields: [{ path: 'scheduleId', message: 'Published now, it would close in the past' }] });
  }
  return { schedule, timeZone: draft.timeZone, milestones, close };
}
