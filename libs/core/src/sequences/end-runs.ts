import type { Tx } from '../db/tx.js';
import type { Condition } from '../paging/index.js';
import type { stopReasons } from './sequence-run.entity.js';
import { takeBack } from './take-back.js';

export type StopReason = (typeof stopReasons)[number];

/** A run that is over may still have a message that waits (for the day, for a server); for no longer than this, in ms. */
const waitsMs = 30 * 24 * 3_600_000;

/** A run that was ended just now. */
export interface EndedRun {
  id: string;
  sequenceId: string;
  creatorId: string;
  campaignId: string | null;
}

interface Row extends EndedRun {
  running: boolean;
  nextStep: number;
}

/**
 * Ends the runs there are of these, and takes back what of theirs has not left yet: also the last message of a run that is over.
 * The runs are locked before their messages are looked at, so that a step at this very moment either is seen here or sees it.
 * @param runs a condition on the runs `r`
 */
export async function endRuns(tx: Tx, runs: Condition, reason: StopReason): Promise<EndedRun[]> {
  const rows = await tx.em.execute<Row[]>(
    `select r.id, r.sequence_id as "sequenceId", r.creator_id as "creatorId", r.campaign_id as "campaignId", r.status = 'running' as running,
            r.next_step as "nextStep" from sequence_run r
      where ${runs.sql} and (r.status = 'running' or (r.status = 'done' and r.ended_at > ?)) order by r.id for no key update`,
    [...runs.params, new Date(tx.now.getTime() - waitsMs)],
  );
  if (rows.length === 0) return [];
  const ended = rows.filter(({ running }) => running);
  if (ended.length > 0) {
    await tx.em.execute(`update sequence_run set status = 'stopped', stop_reason = ?, ended_at = ?, next_at = null where id in (?)`, [
      reason, tx.now, ended.map(({ id }) => id),
    ]);
  }
  await takeBack(tx, rows);
  return ended.map(({ id, sequenceId, creatorId, campaignId }) => ({ id, sequenceId, creatorId, campaignId }));
}
