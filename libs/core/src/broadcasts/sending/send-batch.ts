import type { Database } from '../../db/database.js';
import type { Scope, Tx } from '../../db/tx.js';
import { markEnded, type Ended } from '../../inbox/sending/mark.js';
import { finishBroadcast } from './progress.js';
import { sendChannel } from './send-channel.js';
import { claimGroup, dueChannels, planBroadcast, recoverBroadcast } from './work.js';

export interface SendBatchInput {
  workspaceId: string;
  broadcastId: string;
  /** Messages at most; 500 unless told. */
  size?: number;
  /**
   * Who claims: the same over the retries of one activity, different for batches side by side. Unless told, batches of
   * a broadcast are taken to run one after the other.
   */
  claimedBy?: string;
}

/** What this batch did. `retried` went back into the queue for later. */
export interface BatchCounts {
  sent: number;
  failed: number;
  unknown: number;
  retried: number;
}

export interface SendBatchOptions {
  /** Called with the counts so far whenever marks were written. */
  heartbeat?: (counts: BatchCounts) => void;
  /** Aborted at shutdown: nothing more is claimed, what is under way is finished. */
  signal?: AbortSignal;
}

/** Done for good, or come again after a while (0: at once). */
export type BatchResult = BatchCounts & ({ done: true } | { done: false; retryAfterMs: number });

/** Resuming rings for what was held, so this is only for a bell that was lost. */
const whilePausedMs = 3_600_000;

/** Sends up to one batch of a broadcast. The delivery rows are the only checkpoint: it may be cut off anywhere and called again. */
export async function sendBatch(db: Database, input: SendBatchInput, options: SendBatchOptions = {}): Promise<BatchResult> {
  const { workspaceId, broadcastId, size = 500, claimedBy = `broadcast:${input.broadcastId}` } = input;
  const scope: Scope = { workspaceId, actor: { kind: 'system', via: 'engine' } };
  const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.inWorkspace(scope, work);
  const counts: BatchCounts = { sent: 0, failed: 0, unknown: 0, retried: 0 };

  const state = await run((tx) => open(tx, broadcastId));
  if (state === 'over') return { ...counts, done: true };
  if (state === 'held') return { ...counts, done: false, retryAfterMs: whilePausedMs };
  counts.unknown += await run((tx) => recoverBroadcast(tx, broadcastId, claimedBy));
  await run((tx) => planBroadcast(tx, broadcastId, size));

  let budget = size;
  const write = async (group: readonly Ended[]): Promise<void> => {
    for (const { status, failedOver } of await run((tx) => markEnded(tx, group))) {
      if (status === 'failed') counts.failed += failedOver ? 0 : 1;
      else if (status === 'unknown') counts.unknown += 1;
      else if (status === 'queued') counts.retried += 1;
      else counts.sent += 1;
    }
    options.heartbeat?.({ ...counts });
  };
  const claim = async (channel: string, limit: number) => {
    const wanted = Math.min(limit, budget);
    if (wanted === 0 || options.signal?.aborted) return { looked: 0, attempts: [] };
    budget -= wanted; // taken before the wait: channels run side by side
    const group = await run((tx) => claimGroup(tx, broadcastId, channel, wanted, claimedBy));
    budget += wanted - group.looked;
    return group;
  };
  // Another round for what failed over to a channel that had finished already.
  while (budget > 0 && !options.signal?.aborted) {
    const channels = await run((tx) => dueChannels(tx, broadcastId));
    const before = budget;
    const runs = await Promise.allSettled(channels.map(async (channel) => {
      const plugin = db.services.plugins.channel(channel);
      // A channel that is configured no more: the claim refuses what was meant for it.
      if (!plugin) return void (await claim(channel, budget));
      return sendChannel({ plugin, write, signal: options.signal, claim: (limit) => claim(channel, limit) });
    }));
    const broken = runs.find((each) => each.status === 'rejected');
    if (broken) throw broken.reason;
    if (budget === before) break;
  }
  const retryAfterMs = await run((tx) => finishBroadcast(tx, broadcastId));
  if (retryAfterMs === null) return { ...counts, done: true };
  // What is left belongs to a batch beside this one: don't hurry.
  return { ...counts, done: false, retryAfterMs: budget === size ? Math.max(retryAfterMs, 1_000) : retryAfterMs };
}

/** Marks the broadcast as under way, unless it is over or held back by its campaign's pause. */
async function open(tx: Tx, broadcastId: string): Promise<'open' | 'over' | 'held'> {
  const [row] = await tx.em.execute<{ status: string; held: boolean }[]>(
    `select b.status, (c.paused_at is not null and c.cancelled_at is null
              and exists (select 1 from message m where m.broadcast_id = b.id and m.automatic)) is true as held
       from broadcast b left join campaign c on c.id = b.campaign_id where b.id = ?`,
    [broadcastId],
  );
  if (!row || row.status === 'done' || row.status === 'cancelled') return 'over';
  if (row.held) return 'held';
  await tx.em.execute(`update broadcast set status = 'sending' where id = ? and status = 'queued'`, [broadcastId]);
  return 'open';
}
