import { DomainError } from '@sevenfold/domain/errors';
import { instantsOf, type Anchor, type DueMilestone, type Schedule } from '@sevenfold/domain/schedule';
import type { Tx } from '../../db/tx.js';
import { CampaignMilestone } from '../campaign-milestone.entity.js';
import type { Campaign } from '../campaign.entity.js';
import { phaseOf } from '../phase.js';
import { planMilestones } from './plan-milestones.js';
import { settle } from './settle-milestones.js';

/**
 * Puts another schedule in the place of the one that runs, counted from the same publication. What was done stays done
 * and is not repeated; what was ahead and is not in the new one is dropped; what was dropped may come again.
 * @throws DomainError `invalid_fields` when a key that was done means something else now
 */
export async function replaceSchedule(tx: Tx, campaign: Campaign, schedule: Schedule, anchor: Anchor): Promise<void> {
  const rows = await tx.em.find(CampaignMilestone, { campaignId: campaign.id });
  const known = new Map(rows.map((row) => [row.key, row]));
  const storyDone = rows.some(({ action, status }) => action === 'post-story' && status === 'done');
  const wanted = instantsOf(schedule, anchor).filter(({ action }) => !(action === 'post-story' && storyDone));
  const { paused } = phaseOf(campaign);
  const keys = new Set(wanted.map(({ key }) => key));
  for (const row of rows) {
    if (row.status === 'pending' && !keys.has(row.key)) settle(tx, row, 'dropped', 'Not in the new schedule');
  }
  const fresh = wanted.filter((milestone, position) => {
    const row = known.get(milestone.key);
    if (row) replan(tx, row, milestone, { position, paused });
    return !row;
  });
  planMilestones(tx, campaign, fresh);
}

function replan(tx: Tx, row: CampaignMilestone, milestone: DueMilestone, { position, paused }: { position: number; paused: boolean }): void {
  if (row.status === 'done' && row.action !== milestone.action) {
    throw new DomainError('invalid_fields', {
      fields: [{ path: 'schedule', message: `"${row.key}" was done already and meant ${row.action}: use another key` }],
    });
  }
  const past = milestone.dueAt < tx.now.getTime() && milestone.lateness !== 'run';
  if (row.status === 'done' || (row.status !== 'pending' && past)) return;
  Object.assign(row, {
    action: milestone.action,
    lateness: milestone.lateness,
    position,
    dueAt: new Date(milestone.dueAt),
    setInPause: paused,
    status: past ? 'dropped' : 'pending',
    doneAt: past ? tx.now : null,
    note: past ? 'Its moment had passed when the schedule was set' : null,
  });
}
