import type { DueMilestone } from '@sevenfold/domain/schedule';
import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../../db/tx.js';
import { CampaignMilestone } from '../campaign-milestone.entity.js';
import type { Campaign } from '../campaign.entity.js';
import { phaseOf } from '../phase.js';

/**
 * Writes the rows of a schedule's milestones. One whose moment has passed already (day 1 at 09:00, published at noon) is
 * dropped at once, unless its rule is to run however late.
 */
export function planMilestones(tx: Tx, campaign: Campaign, milestones: readonly DueMilestone[]): void {
  const { paused } = phaseOf(campaign);
  milestones.forEach(({ key, action, lateness, dueAt }, position) => {
    const past = dueAt < tx.now.getTime() && lateness !== 'run';
    tx.em.persist(
      tx.em.create(CampaignMilestone, {
        id: newId(),
        workspaceId: tx.workspaceId,
        createdAt: tx.now,
        campaignId: campaign.id,
        key,
        action,
        lateness,
        position,
        dueAt: new Date(dueAt),
        setInPause: paused,
        status: past ? 'dropped' : 'pending',
        doneAt: past ? tx.now : null,
        note: past ? 'Its moment had passed when the schedule was set' : null,
      }),
    );
  });
}
