import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { scheduleDue } from '../engine/due.js';
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
  const result: StartedRuns = { started: [], skipped: ids.filter((id) => !known.has(id)).map((creatorId) => ({ creatorId, reason: 'not_found' })) };
  for (const creatorId of ids.filter((id) => known.has(id))) {
    const runId = newId();
    const inserted = await tx.em.execute<{ id: string }[]>(
      `insert into sequence_run (id, workspace_id, created_at, sequence_id, creator_id, campaign_id, started_by_member_id, steps, status, next_step, next_at, sent, skipped)
       values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, 'running', 0, ?, 0, 0)
       on conflict (sequence_id, creator_id) where status = 'running' do nothing returning id`,
      [
        runId, tx.workspaceId, tx.now, sequenceId, creatorId, campaignId, tx.actor.kind === 'member' ? tx.actor.memberId : null,
        JSON.stringify(sequence.steps), nextAt,
      ],
    );
    if (inserted.length === 0) {
      result.skipped.push({ creatorId, reason: 'running' });
      continue;
    }
    await scheduleDue(tx, { kind: 'sequence.step', refId: runId, dedupeKey: `sequence.step:${runId}:0`, dueAt: nextAt });
    result.started.push({ runId, creatorId });
  }
  audit(tx, { action: 'sequence.started', entity: 'sequence', entityId: sequenceId, campaignId, data: { started: result.started.length, skipped: result.skipped.length } });
  await tx.em.flush();
  return result;
}

async function checkCampaign(tx: Tx, campaignId: string | null): Promise<void> {
  if (campaignId === null) return;
  const [campaign] = await tx.em.execute<{ status: string }[]>('select status from campaign where id = ?', [campaignId]);
  const message = !campaign ? 'There is no such campaign' : ['cancelled', 'finished'].includes(campaign.status) ? `This campaign is ${campaign.status}: nothing follows up on it any more` : null;
  if (message !== null) throw new DomainError('invalid_fields', { fields: [{ path: 'campaignId', message }] });
}
