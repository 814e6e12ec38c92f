import { DomainError } from '@sevenfold/domain/errors';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { endRuns, type EndedRun } from './end-runs.js';

/**
 * The creator wrote: what was to follow up on their silence ends. Call it with their thread held.
 * @param wroteAt when that was, if not just now: what began later follows up on another silence
 */
export async function stopOnReply(tx: Tx, creatorId: string, wroteAt: Date | null = null): Promise<void> {
  await endRuns(tx, { sql: 'r.creator_id = ? and (?::timestamptz is null or r.created_at <= ?)', params: [creatorId, wroteAt, wroteAt] }, 'reply');
}

/** The creator applied: runs about that campaign, and those about none, have got what they were after. */
export async function stopOnApplication(tx: Tx, creatorId: string, campaignId: string): Promise<void> {
  await endRuns(tx, { sql: 'r.creator_id = ? and (r.campaign_id is null or r.campaign_id = ?)', params: [creatorId, campaignId] }, 'application');
}

/** Somebody wants no messages: whoever has that address gets no follow-ups, on no channel. */
export async function stopOnOptOut(tx: Tx, channel: string, addressHash: string): Promise<void> {
  await endRuns(tx, {
    sql: 'r.creator_id in (select p.creator_id from contact_point p where p.channel = ? and p.address_hash = ?)', params: [channel, addressHash],
  }, 'opt_out');
}

/** A creator wants no messages of this kind, or is erased: whatever address they have, or none. */
export async function stopForCreator(tx: Tx, creatorId: string): Promise<void> {
  await endRuns(tx, { sql: 'r.creator_id = ?', params: [creatorId] }, 'opt_out');
}

/** The campaign is cancelled or finished: nothing about it follows any more. */
export async function stopOnCampaignOver(tx: Tx, campaignId: string): Promise<void> {
  await endRuns(tx, { sql: 'r.campaign_id = ?', params: [campaignId] }, 'campaign_over');
}

/** A member ends one run. One that has ended stays as it is. @throws DomainError `not_found` */
export async function stopRun(tx: Tx, runId: string): Promise<void> {
  const [run] = await endRuns(tx, { sql: `r.id = ? and r.status = 'running'`, params: [runId] }, 'by_hand');
  if (run) return note(tx, run, { creatorId: run.creatorId });
  const [there] = await tx.em.execute<{ id: string }[]>('select id from sequence_run where id = ?', [runId]);
  if (!there) throw new DomainError('not_found', { entity: 'sequence-run' });
}

/**
 * A member ends all runs of a sequence at once; those that have ended stay as they are.
 * @returns how many were ended
 * @throws DomainError `not_found`
 */
export async function stopSequence(tx: Tx, sequenceId: string): Promise<{ stopped: number }> {
  const [there] = await tx.em.execute<{ id: string }[]>('select id from sequence where id = ?', [sequenceId]);
  if (!there) throw new DomainError('not_found', { entity: 'sequence' });
  const ended = await endRuns(tx, { sql: `r.sequence_id = ? and r.status = 'running'`, params: [sequenceId] }, 'by_hand');
  const [run] = ended;
  if (run) await note(tx, { sequenceId, campaignId: null }, { stopped: ended.length });
  return { stopped: ended.length };
}

async function note(tx: Tx, { sequenceId, campaignId }: Pick<EndedRun, 'sequenceId' | 'campaignId'>, data: Record<string, string | number>): Promise<void> {
  audit(tx, { action: 'sequence.stopped', entity: 'sequence', entityId: sequenceId, campaignId, data });
  await tx.em.flush();
}
