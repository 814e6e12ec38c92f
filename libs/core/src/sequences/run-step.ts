import type { Tx } from '../db/tx.js';
import { scheduleDue } from '../engine/due.js';
import type { DueHandler } from '../engine/sweeper/due-handlers.js';
import { Writing } from '../broadcasts/recipients/writing.js';
import { queueMessage } from '../inbox/queue-message.js';
import { SequenceRun } from './sequence-run.entity.js';
import type { Step } from './steps.js';
import type { StopReason } from './stop-runs.js';

const hour = 3_600_000;

/**
 * The time of a run's next step has come. The step, what comes of it and the wait for the next one are one transaction, and the
 * message has the step's own key: however often it is tried, it is sent once.
 */
export const runStep: DueHandler = async (tx, { refId }) => {
  await tx.em.execute('select id from sequence_run where id = ? for no key update', [refId]);
  const run = await tx.em.findOne(SequenceRun, { id: refId }, { refresh: true });
  if (!run || run.status !== 'running') return 'has ended';
  if (run.nextAt && run.nextAt > tx.now) return 'not yet';
  const step = run.steps[run.nextStep];
  if (!step) return end(tx, run, null);
  const ended = await campaignEnded(tx, run.campaignId ?? null);
  if (ended === 'paused') return wait(tx, run);
  if (ended) return end(tx, run, 'campaign_over');
  if (!(await holds(tx, run, step))) {
    run.skipped += 1;
    return next(tx, run, 'left out');
  }
  const failed = await send(tx, run, step);
  return failed ? end(tx, run, failed) : next(tx, run, 'sent');
};

async function send(tx: Tx, run: SequenceRun, step: Step): Promise<StopReason | null> {
  const campaignId = run.campaignId ?? null;
  const authorMemberId = run.startedByMemberId ?? null;
  const writing = await Writing.of(tx, { texts: step.texts, campaignId, channel: step.channel, purpose: 'notice', authorMemberId });
  const [written] = await writing.to(tx, [run.creatorId], { mint: true });
  if (!written || 'skip' in written) return written?.skip === 'missing_variable' ? 'missing_variable' : 'unreachable';
  const { messageId } = await queueMessage(tx, {
    creatorId: run.creatorId, campaignId, kind: 'chat', texts: written.texts, dedupeKey: `sequence:${run.id}:${run.nextStep}`,
    automatic: true, purpose: 'notice', preferredChannel: step.channel, authorMemberId,
  });
  run.sent += 1;
  run.lastMessageId = messageId;
  return null;
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

/** While its campaign is paused nothing goes out by itself (E8): it looks again in an hour. */
async function wait(tx: Tx, run: SequenceRun): Promise<string> {
  run.nextAt = new Date(tx.now.getTime() + hour);
  await tx.em.flush();
  await scheduleDue(tx, { kind: 'sequence.step', refId: run.id, dedupeKey: `sequence.step:${run.id}:${run.nextStep}:${run.nextAt.toISOString()}`, dueAt: run.nextAt });
  return 'campaign paused';
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

async function holds(tx: Tx, run: SequenceRun, { onlyIf }: Step): Promise<boolean> {
  if (onlyIf === 'always' || run.lastMessageId == null) return onlyIf !== 'read';
  const [message] = await tx.em.execute<{ read: boolean }[]>(`select status = 'read' or read_at is not null as read from message where id = ?`, [run.lastMessageId]);
  return (message?.read ?? false) === (onlyIf === 'read');
}
