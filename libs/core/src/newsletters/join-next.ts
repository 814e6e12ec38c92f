import { nextDigest, type Schedule } from '@sevenfold/domain/schedule';
import type { Tx } from '../db/tx.js';
import { Workspace } from '../workspaces/workspace.entity.js';
import { waitingDigest } from './enter-digest.js';
import type { EnteredCampaign } from './entered-campaigns.js';
import { newsletterTime } from './newsletter-time.js';

/** Moves campaigns from a newsletter that is too late, or that may not name them now, to the next one of their kind of day. */
export async function joinNext(tx: Tx, campaigns: readonly EnteredCampaign[], missed: Date): Promise<void> {
  const { timeZone } = await tx.em.findOneOrFail(Workspace, { id: tx.workspaceId });
  for (const { entryId, schedule } of campaigns) {
    const next = await waitingDigest(tx, momentAfter(tx.now.getTime(), missed.getTime(), schedule, timeZone), timeZone);
    await tx.em.execute('update digest_campaign set digest_id = ? where id = ?', [next.id, entryId]);
  }
}

function momentAfter(now: number, missed: number, { day }: Schedule, timeZone: string) {
  if (day === 'calendar') return nextDigest({ after: Math.max(now, missed), timeZone, at: newsletterTime });
  const days = Math.floor((now - missed) / day.ms) + 1;
  const dueAt = missed + days * day.ms;
  return { dueAt, dayKey: new Date(dueAt).toISOString() };
}
