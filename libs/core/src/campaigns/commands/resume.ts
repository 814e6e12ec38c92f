import type { Json } from '@sevenfold/domain/errors';
import { shiftForPause } from '@sevenfold/domain/schedule';
import { shiftOpenWindows } from '../../agreements/index.js';
import type { Tx } from '../../db/tx.js';
import { tellTeam } from '../../notices/index.js';
import { findApplicants, sortApplicants } from '../applicants.js';
import type { Campaign } from '../campaign.entity.js';
import { changed } from '../changed.js';
import { pendingMilestones } from '../milestones/settle-milestones.js';
import { tellCreators } from '../tell-creators.js';
import { wakeHeld } from '../wake-held.js';
import { assertPhase } from './assert-phase.js';

/**
 * Goes on after a pause (E8): what is still ahead moves by whole days at the same wall-clock time, open signing windows
 * by the pause itself, and whoever applied and did not refuse is told.
 * @throws DomainError `wrong_state`
 */
export async function resume(tx: Tx, campaign: Campaign): Promise<Json> {
  assertPhase('resume', campaign);
  const pausedAt = campaign.pausedAt ?? tx.now;
  const pausedMs = tx.now.getTime() - pausedAt.getTime();
  await moveMilestones(tx, campaign, pausedAt);
  await shiftOpenWindows(tx, campaign.id, pausedMs);
  campaign.pausedAt = null;
  await wakeHeld(tx, campaign.id);
  changed(tx, campaign, 'resumed', { pausedMs, closesAt: campaign.closesAt?.toISOString() ?? null });
  const { group, bummer } = sortApplicants(await findApplicants(tx, campaign.id));
  await tellCreators(tx, campaign, 'campaign-resumed', [...group, ...bummer]);
  await tellTeam(tx, {
    kind: 'campaign-resumed', campaignId: campaign.id, dedupeKey: `campaign-resumed:${campaign.id}:${campaign.version}`, asks: false,
    data: { name: campaign.name ?? '', closesAt: campaign.closesAt?.toISOString() ?? null },
  });
  return { closesAt: campaign.closesAt?.toISOString() ?? null };
}

async function moveMilestones(tx: Tx, campaign: Campaign, pausedAt: Date): Promise<void> {
  const { schedule, timeZone } = campaign;
  if (!schedule || !timeZone) throw new Error('A published campaign has a schedule and a zone');
  const moments = new Map(schedule.milestones.map(({ key, moment }) => [key, moment]));
  const resumedAt = tx.now.getTime();
  for (const milestone of await pendingMilestones(tx, campaign.id)) {
    const dueAt = milestone.dueAt.getTime();
    // What was rescheduled during the pause counts with it already, and moves only if its moment passed meanwhile.
    const from = milestone.setInPause ? Math.min(dueAt, resumedAt) : pausedAt.getTime();
    const shift = { schedule, timeZone, pausedAt: from, resumedAt };
    const moved = from === resumedAt ? dueAt : shiftForPause(dueAt, shift, moments.get(milestone.key));
    milestone.dueAt = new Date(moved);
    milestone.setInPause = false;
    if (milestone.action === 'close') campaign.closesAt = milestone.dueAt;
  }
}
