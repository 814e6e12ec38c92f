import type { CampaignStatus } from '@sevenfold/domain/campaigns';
import type { MilestoneAction } from '@sevenfold/domain/schedule';
import { rawInstant } from '../db/raw-instant.js';
import type { Tx } from '../db/tx.js';

/** What the campaign's workflow needs to know. Of two pictures the one with the higher version counts. */
export interface CampaignSnapshot {
  version: number;
  status: CampaignStatus;
  paused: boolean;
  /** Pending only, earliest first; `dueAt` is ms since the epoch. */
  milestones: { key: string; action: MilestoneAction; dueAt: number }[];
}

/** The campaign as it is now. A deleted draft reads as cancelled, so that whoever waits for it stops. */
export async function campaignSnapshot(tx: Tx, campaignId: string): Promise<CampaignSnapshot> {
  await tx.em.flush();
  const [row] = await tx.em.execute<{ version: number; status: CampaignStatus; paused_at: string | null }[]>(
    'select version, status, paused_at from campaign where id = ?',
    [campaignId],
  );
  if (!row) return { version: Number.MAX_SAFE_INTEGER, status: 'cancelled', paused: false, milestones: [] };
  const milestones = await tx.em.execute<{ key: string; action: MilestoneAction; due_at: string }[]>(
    `select key, action, due_at from campaign_milestone where campaign_id = ? and status = 'pending' order by due_at, position`,
    [campaignId],
  );
  return {
    version: row.version,
    status: row.status,
    paused: row.paused_at !== null,
    milestones: milestones.map(({ key, action, due_at }) => ({ key, action, dueAt: rawInstant(due_at).getTime() })),
  };
}
