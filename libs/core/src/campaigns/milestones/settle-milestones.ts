import type { MilestoneAction } from '@sevenfold/domain/schedule';
import type { Tx } from '../../db/tx.js';
import { CampaignMilestone } from '../campaign-milestone.entity.js';

/** What is still ahead in a campaign, earliest first. */
export async function pendingMilestones(tx: Tx, campaignId: string): Promise<CampaignMilestone[]> {
  return tx.em.find(CampaignMilestone, { campaignId, status: 'pending' }, { orderBy: { dueAt: 1, position: 1 } });
}

/** Ends one milestone with what became of it. */
export function settle(tx: Tx, milestone: CampaignMilestone, status: 'done' | 'dropped', note: string | null = null): void {
  milestone.status = status;
  milestone.doneAt = tx.now;
  milestone.note = note;
}

/** Drops what is still ahead, all of it or these actions, because something made it pointless. */
export async function dropPending(tx: Tx, campaignId: string, note: string, only?: readonly MilestoneAction[]): Promise<void> {
  for (const milestone of await pendingMilestones(tx, campaignId)) {
    if (!only || only.includes(milestone.action)) settle(tx, milestone, 'dropped', note);
  }
}
