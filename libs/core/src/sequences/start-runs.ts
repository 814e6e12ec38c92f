import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { scheduleDueMany } from '../engine/due.js';
import { lockSequence } from './save-sequence.js';

export interface StartRunsInput {
  sequenceId: string;
  creatorIds: readonly string[];
  /** What it is about: its variables can be used, and an application for it ends the run. */
  campaignId: string | null;
}

export interface StartedRuns {
  started: { runId: string; creatorId: string }[];
  /** Those in it already, and those who are not there. */
  skipped: { creatorId: string; reason: 'running' | 'not_found' }[];
}

const hour = 3_600_000;

/**
 * Puts creators into a sequence, each once at a time.
 * @throws DomainError `not_found`, `wrong_state` for one that is archived, `invalid_fields` for a campaign that is not there or over
 */
export async function startRuns(tx: Tx, { sequenceId, creatorIds, campaignId }: StartRunsInput): Promise<StartedRuns> {
  const sequence = await lockSequence(tx, sequenceId);
  if (sequence.archivedAt) throw new DomainError('wrong_state', { state: 'archived', allowed: ['active'] });
  await checkCampaign(tx, campaignId);
  const ids = [...new Set(creatorIds)].sort();
  const known = new Set((await tx.em.execute<{ id: string }[]>('select id from creator where id in (?) and erased_at is null', [ids])).map(({ id }) => id));
  const nextAt = new Date(tx.now.getTime() + (sequence.steps[0]?.afterHours ?? 0) * hour);
  const here = ids.filter((id) => known.has(id));
  const started = await insertRuns(tx, here, {
    sequenceId, campaignId, nextAt, steps: JSON.stringify(sequence.steps), startedBy: tx.actor.kind === 'member' ? tx.actor.memberId : null,
  });
  await scheduleDueMany(tx, started.map(({ runId }) => ({ kind: 'sequence.step', refId: runId, dedupeKey: `sequence.step:${runId}:0`, dueAt: nextAt })));
  const isIn = new Set(started.map(({ creatorId }) => creatorId));
  const result: StartedRuns = {
    started,
    skipped: [
      ...ids.filter((id) => !known.has(id)).map((creatorId) => ({ creatorId, reason: 'not_found' as const })),
      ...here.filter((id) => !isIn.has(id)).map((creatorId) => ({ creatorId, reason: 'running' as const })),
    ],
  };
  audit(tx, { action: 'sequence.started', entity: 'sequence', entityId: sequenceId, campaignId, data: { started: result.started.length, skipped: result.skipped.length } });
  await tx.em.flush();
  return result;
}

interface NewRuns {
  sequenceId: string;
  campaignId: string | null;
  nextAt: Date;
  steps: string;
  startedBy: string | null;
}

/** In one statement for all, in one order for everybody. @returns those who were not in it */
async function insertRuns(tx: Tx, creatorIds: readonly string[], { sequenceId, campaignId, nextAt, steps, startedBy }: NewRuns): Promise<StartedRuns['started']> {
  if (creatorIds.length === 0) return [];
  return tx.em.execute<StartedRuns['started']>(
    `insert into sequence_run (id, workspace_id, created_at, sequence_id, creator_id, campaign_id, started_by_member_id, steps, status, next_step, next_at, sent, skipped)
     select n.id, ?, ?, ?, n.creator, ?, ?, ?::jsonb, 'running', 0, ?, 0, 0 from json_to_recordset(?::json) as n(id uuid, creator uuid) order by n.creator
     on conflict (sequence_id, creator_id) where status = 'running' do nothing returning id as "runId", creator_id as "creatorId"`,
    [tx.workspaceId, tx.now, sequenceId, campaignId, startedBy, steps, nextAt, JSON.stringify(creatorIds.map((creator) => ({ id: newId(), creator })))],
  );
}

async function checkCampaign(tx: Tx, campaignId: string | null): Promise<void> {
  if (campaignId === null) return;
  const [campaign] = await tx.em.execute<{ status: string }[]>('select status from campaign where id = ?', [campaignId]);
  const message = !campaign ? 'There is no such campaign' : ['cancelled', 'finished'].includes(campaign.status) ? `This campaign is ${campaign.status}: nothing follows up on it any more` : null;
  if (message !== null) throw new DomainError('invalid_fields', { fields: [{ path: 'campaignId', message }] });
}
