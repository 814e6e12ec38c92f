import type { DueMilestone } from '@sevenfold/domain/schedule';
import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../../db/tx.js';
import { CampaignMilestone } from '../campaign-milestone.entity.js';

/**
 * Writes the rows of a schedule's milestones. One whose moment has passed already (day 1 at 09:00, published at noon) is
 * dropped at once, unless its rule is to run however late.
 */
export function planMilestones(tx: Tx, campaignId: string, milestones: readonly DueMilestone[]): void {
  milestones.forEach(({ key, action, lateness, dueAt }, position) => {
    const past = dueAt < tx.now.getTime() && lateness !== 'run';
    tx.em.persist(
      tx.em.create(CampaignMilestone, {
        id: newId(),
        workspaceId: tx.workspaceId,
        createdAt: tx.now,
        campaignId,
        key,
        action,
        lateness,
        position,
        dueAt: new Date(dueAt),
        decidedAt: tx.now,
        status: past ? 'dropped' : 'pending',
        doneAt: past ? tx.now : null,
        note: past ? 'Its moment had passed when the schedule was set' : null,
      }),
    );
  });
}
