import { DomainError, type Json } from '@sevenfold/domain/errors';
import { inZone } from '@sevenfold/domain/schedule';
import type { Tx } from '../../db/tx.js';
import { tellTeam } from '../../notices/index.js';
import { scheduleDefinition } from '../../schedules/schedule-definition.js';
import type { Campaign } from '../campaign.entity.js';
import { changed } from '../changed.js';
import { moveMilestones } from '../milestones/move-milestones.js';
import { replaceSchedule } from '../milestones/replace-schedule.js';
import { pendingMilestones } from '../milestones/settle-milestones.js';
import { assertPhase } from './assert-phase.js';
import { rescheduleSchema, type RescheduleInput } from './reschedule-input.js';

/**
 * Gives a running campaign another schedule, or milestones still ahead other moments. Signing windows stay as they were
 * promised. Also possible while paused: what is set then counts with the pause already.
 * @throws DomainError `wrong_state`, `invalid_fields` (the close must lie in the future)
 */
export async function reschedule(tx: Tx, campaign: Campaign, input: Json): Promise<Json> {
  assertPhase('reschedule', campaign);
  const timeZone = campaign.timeZone;
  if (timeZone === null || timeZone === undefined) throw new Error('A published campaign has a zone');
  await apply(tx, campaign, rescheduleSchema.parse(input), timeZone);
  await tx.em.flush();
  const ahead = await pendingMilestones(tx, campaign.id);
  const close = ahead.find(({ action }) => action === 'close');
  if (!close || close.dueAt <= tx.now) {
    throw new DomainError('invalid_fields', { fields: [{ path: 'close', message: 'The close must lie in the future' }] });
  }
  campaign.closesAt = close.dueAt;
  const milestones = ahead.map(({ key, dueAt }) => ({ key, at: inZone(dueAt.getTime(), timeZone).local }));
  changed(tx, campaign, 'rescheduled', { milestones });
  await tellTeam(tx, {
    kind: 'campaign-rescheduled', campaignId: campaign.id, dedupeKey: `campaign-rescheduled:${campaign.id}:${campaign.version}`,
    asks: false, data: { name: campaign.name ?? '', closesAt: close.dueAt.toISOString(), timeZone, milestones },
  });
  return { closesAt: close.dueAt.toISOString() };
}

async function apply(tx: Tx, campaign: Campaign, input: RescheduleInput, timeZone: string): Promise<void> {
  if (input.milestones) return moveMilestones(tx, campaign, input.milestones, timeZone);
  const schedule = input.schedule ?? (await scheduleDefinition(tx, input.scheduleId ?? ''));
  campaign.schedule = schedule;
  if (input.scheduleId) campaign.scheduleId = input.scheduleId;
  const publishedAt = campaign.publishedAt?.getTime() ?? tx.now.getTime();
  await replaceSchedule(tx, campaign, schedule, { publishedAt, timeZone });
}
