import { isDomainError } from '@sevenfold/domain/errors';
import { rawInstantOrNull } from '../db/raw-instant.js';
import type { Tx } from '../db/tx.js';
import { scheduleDue } from '../engine/due.js';
import type { DueHandler } from '../engine/sweeper/due-handlers.js';
import type { SkipReason } from '../broadcasts/broadcast-skip.entity.js';
import { Writing, type Written } from '../broadcasts/recipients/writing.js';
import { ensureThread } from '../inbox/ensure-thread.js';
import { queueMessage } from '../inbox/queue-message.js';
import type { StopReason } from './end-runs.js';
import { SequenceRun } from './sequence-run.entity.js';
import type { Step } from './steps.js';
import { stepKey } from './take-back.js';

const hour = 3_600_000;

/**
 * The time of a run's next step has come. The step, what comes of it and the wait for the next one are one transaction, and the
 * message has the step's own key: however often it is tried, it is sent once.
 */
export const runStep: DueHandler = async (tx, { refId }) => {
  await lockRun(tx, refId);
  const run = await tx.em.findOne(SequenceRun, { id: refId }, { refresh: true });
  if (!run || run.status !== 'running') return 'has ended';
  if (run.nextAt && run.nextAt > tx.now) return 'not yet';
  const step = run.steps[run.nextStep];
  if (!step) return end(tx, run, null);
  const ended = await campaignEnded(tx, run.campaignId ?? null);
  if (ended === 'paused') return waitUntil(tx, run, new Date(tx.now.getTime() + hour), 'campaign paused');
  if (ended) return end(tx, run, 'campaign_over');
  const before = await lastSent(tx, run);
  if (before?.failed) return end(tx, run, 'unreachable');
  if (before?.heldUntil && before.heldUntil > tx.now) {
    return waitUntil(tx, run, new Date(before.heldUntil.getTime() + step.afterHours * hour), 'the step before still waits');
  }
  if (!holds(step, before)) {
    run.skipped += 1;
    return next(tx, run, 'left out');
  }
  const failed = await send(tx, run, step);
  return failed ? end(tx, run, failed) : next(tx, run, 'sent');
};

/** Thread before run, as a reply locks them: a first step and a first message of the creator would otherwise wait for each other for ever. */
async function lockRun(tx: Tx, runId: string): Promise<void> {
  const [run] = await tx.em.execute<{ creator_id: string }[]>(`select creator_id from sequence_run where id = ? and status = 'running'`, [runId]);
  if (run) await ensureThread(tx, run.creator_id);
  await tx.em.execute('select id from sequence_run where id = ? for no key update', [runId]);
}

/** What it means for the run that there was nothing to send to. */
const endsWith: Partial<Record<SkipReason, StopReason>> = { missing_variable: 'missing_variable', unwritable: 'missing_variable', opted_out: 'opt_out' };

async function send(tx: Tx, run: SequenceRun, step: Step): Promise<StopReason | null> {
  const campaignId = run.campaignId ?? null;
  const authorMemberId = run.startedByMemberId ?? null;
  const written = await write(tx, run, step);
  if (!written) return 'missing_variable';
  if ('skip' in written) return endsWith[written.skip] ?? 'unreachable';
  const { messageId } = await queueMessage(tx, {
    creatorId: run.creatorId, campaignId, kind: 'chat', texts: written.texts, dedupeKey: stepKey(run.id, run.nextStep),
    automatic: true, purpose: 'notice', preferredChannel: step.channel, authorMemberId,
  });
  run.sent += 1;
  run.lastMessageId = messageId;
  return null;
}

/** Undefined when its words cannot be read any more: a partial they include was changed since. Trying again would not help. */
async function write(tx: Tx, run: SequenceRun, step: Step): Promise<Written | undefined> {
  try {
    const writing = await Writing.of(tx, {
      texts: step.texts, campaignId: run.campaignId ?? null, channel: step.channel, purpose: 'notice', authorMemberId: run.startedByMemberId ?? null,
    });
    const [written] = await writing.to(tx, [run.creatorId], { mint: true });
    return written;
  } catch (error) {
    if (isDomainError(error) && error.code === 'invalid_fields') return undefined;
    throw error;
  }
}

async function next(tx: Tx, run: SequenceRun, outcome: string): Promise<string> {
  run.nextStep += 1;
  const following = run.steps[run.nextStep];
  if (!following) return end(tx, run, null);
  run.nextAt = new Date(tx.now.getTime() + following.afterHours * hour);
  await tx.em.flush();
  await scheduleDue(tx, { kind: 'sequence.step', refId: run.id, dedupeKey: `sequence.step:${run.id}:${run.nextStep}`, dueAt: run.nextAt });
  return outcome;
}

async function end(tx: Tx, run: SequenceRun, reason: StopReason | null): Promise<string> {
  tx.em.assign(run, { status: reason === null ? 'done' : 'stopped', stopReason: reason, endedAt: tx.now, nextAt: null });
  await tx.em.flush();
  return reason ?? 'done';
}

/** Nothing goes out yet: while its campaign is paused (E8), or while the step before waits for the day. It looks again then. */
async function waitUntil(tx: Tx, run: SequenceRun, at: Date, outcome: string): Promise<string> {
  run.nextAt = at;
  await tx.em.flush();
  await scheduleDue(tx, { kind: 'sequence.step', refId: run.id, dedupeKey: `sequence.step:${run.id}:${run.nextStep}:${at.toISOString()}`, dueAt: at });
  return outcome;
}

async function campaignEnded(tx: Tx, campaignId: string | null): Promise<'paused' | boolean> {
  if (campaignId === null) return false;
  const [campaign] = await tx.em.execute<{ status: string; paused: boolean }[]>(
    'select status, paused_at is not null as paused from campaign where id = ?',
    [campaignId],
  );
  if (!campaign || campaign.status === 'cancelled' || campaign.status === 'finished') return true;
  return campaign.paused ? 'paused' : false;
}

/** What became of the step that was sent last. */
interface LastSent {
  read: boolean;
  /** No channel could bring it: what follows would speak of something the creator never got. */
  failed: boolean;
  /** It has not left, and will not before this: the delay counts from when it does, or two would leave together in the morning. */
  heldUntil: Date | null;
}

async function lastSent(tx: Tx, run: SequenceRun): Promise<LastSent | null> {
  if (run.lastMessageId == null) return null;
  const [row] = await tx.em.execute<{ read: boolean; failed: boolean; held_until: string | null }[]>(
    `select m.status = 'read' or m.read_at is not null as read, m.status = 'failed' as failed,
            case when m.status = 'queued' then (select max(d.not_before) from delivery d where d.message_id = m.id and d.status = 'queued') end as held_until
       from message m where m.id = ?`,
    [run.lastMessageId],
  );
  return row ? { read: row.read, failed: row.failed, heldUntil: rawInstantOrNull(row.held_until) } : null;
}

function holds({ onlyIf }: Step, before: LastSent | null): boolean {
  return onlyIf === 'always' || (before?.read ?? false) === (onlyIf === 'read');
}
