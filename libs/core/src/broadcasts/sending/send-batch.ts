import type { Database } from '../../db/database.js';
import type { Scope, Tx } from '../../db/tx.js';
import { gateOf } from '../../inbox/sending/gate.js';
import type { Marked } from '../../inbox/sending/apply-marks.js';
import { markEnded, type Ended } from '../../inbox/sending/mark.js';
import { writeNextChunk } from '../recipients/write-chunk.js';
import { takeOutCancelled } from '../control/cancel-broadcast.js';
import { claimDue, type Due } from './claim-due.js';
import { claimPlain, plainOr } from './claim-plain.js';
import { withLimit } from './limits.js';
import { withMarker } from './marker.js';
import { markAccepted } from './mark-accepted.js';
import { openBroadcast } from './open-broadcast.js';
import { finishBroadcast } from './progress.js';
import { sendChannel } from './send-channel.js';
import { Ticker } from './tick.js';
import { byChannel, dueDeliveries, planBroadcast, recoverBroadcast, type DueByChannel, type Share } from './work.js';

export interface SendBatchInput {
  workspaceId: string;
  broadcastId: string;
  /** Messages at most; 500 unless told. */
  size?: number;
  /** Batches with different lanes run side by side; 0 unless told. */
  lane?: number;
  /** Who claims: the same over the retries of one activity, different for batches side by side. By the lane unless told. */
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
  /** Called with the counts so far every few marks. */
  heartbeat?: (counts: BatchCounts) => void;
  /** Aborted at shutdown: nothing more is claimed, what is under way is finished. */
  signal?: AbortSignal;
}

/** Done for good, or come again after a while (0: at once). `lanes`: how many batches side by side have something to do. */
export type BatchResult = BatchCounts & { lanes: number } & ({ done: true } | { done: false; retryAfterMs: number });

/** Resuming rings for what was held, so this is only for a bell that was lost. */
const whilePausedMs = 3_600_000;
/** How long marks of cheap messages are collected, in ms: what waits for its mark takes the room of what could be on its way. */
const groupMs = 10;
/** Marks between two words to the engine, which beats by itself besides. */
const beatEvery = 5;
/** A slow sender's batch ends after this, whatever is left of it: an activity is no place to spend a day. */
const longestMs = 120_000;

/** Sends up to one batch of a broadcast. The delivery rows are the only checkpoint: it may be cut off anywhere and called again. */
export async function sendBatch(db: Database, input: SendBatchInput, options: SendBatchOptions = {}): Promise<BatchResult> {
  const { workspaceId, broadcastId, size = 500, lane = 0 } = input;
  const claimedBy = input.claimedBy ?? (lane === 0 ? `broadcast:${broadcastId}` : `broadcast:${broadcastId}/${lane}`);
  const scope: Scope = { workspaceId, actor: { kind: 'system', via: 'engine' } };
  // Keyed: the server may not know yet how many this broadcast has, and would read them all for each.
  const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.inWorkspace(scope, work, { keyed: true });
  const counts: BatchCounts = { sent: 0, failed: 0, unknown: 0, retried: 0 };

  // First of all: also what is paused or cancelled may have left something on its way.
  const abandoned = await run((tx) => recoverBroadcast(tx, broadcastId, claimedBy));
  counts.unknown += abandoned;
  const broadcast = await run((tx) => openBroadcast(tx, broadcastId));
  if (broadcast.state === 'over') return { ...counts, lanes: 0, ...(await run((tx) => over(tx, broadcastId))) };
  if (broadcast.state === 'held') return { ...counts, lanes: 0, done: false, retryAfterMs: whilePausedMs };
  const lanes = Math.min(4, Math.max(1, Math.ceil(broadcast.total / size)));

  const ticker = new Ticker(db, scope, broadcastId);
  ticker.count(abandoned);
  const tooLong = AbortSignal.timeout(longestMs);
  const isOver = (): boolean => options.signal?.aborted === true || tooLong.aborted;
  let closed = false;
  let looked = 0;
  let marks = 0;
  const onMarked = (marked: Marked | undefined): void => {
    if (!marked) return;
    if (marked.status === 'failed') counts.failed += marked.failedOver ? 0 : 1;
    else if (marked.status === 'unknown') counts.unknown += 1;
    else if (marked.status === 'queued') counts.retried += 1;
    else counts.sent += 1;
    if (marked.status !== 'queued') ticker.count(1);
    marks += 1;
    if (marks % beatEvery === 0) options.heartbeat?.({ ...counts });
  };
  const sendOn = async (channel: string, due: DueByChannel): Promise<void> => {
    const list = due.get(channel) ?? [];
    const plugin = db.services.plugins.channel(channel);
    const theLongWay = (next: readonly Due[]) => run((tx) => claimDue(tx, broadcastId, next, claimedBy));
    const claimNext = (next: readonly Due[]) =>
      plugin?.traits.disturbs ? theLongWay(next) : plainOr(() => run((tx) => claimPlain(tx, broadcastId, next, claimedBy)), () => theLongWay(next));
    const claim = async (most: number) => {
      const next = list.splice(0, most);
      if (next.length === 0 || closed || isOver()) return { attempts: [], over: true };
      const group = await claimNext(next);
      closed ||= group.closed;
      return { attempts: group.attempts, over: closed || list.length === 0 };
    };
    // A channel that is configured no more: the claim refuses what was meant for it.
    if (!plugin) return void (await claim(list.length));
    const gate = gateOf(plugin, db, workspaceId);
    const { connections, repeatCostsMoney } = plugin.traits;
    const marking = { write: (group: readonly Ended[]) => mark(db, scope, group), groupMs, groupSize: repeatCostsMoney ? 1 : Math.ceil(connections / 2) };
    await withLimit(db, { workspaceId, broadcastId, channel, ratePerSecond: broadcast.ratePerSecond }, (limit) =>
      withMarker(`${broadcastId} ${channel}`, marking, (marker) =>
        sendChannel({ plugin, gate, limit, marker, onMarked, claim, signal: options.signal })));
  };

  try {
    // What was put off first, then the next recipients; again for what failed over to another channel meanwhile.
    while (looked < size && !closed && !isOver()) {
      const due = await nextDue(run, broadcastId, size, claimedBy, { lane, lanes });
      if (due.size === 0) break;
      looked += [...due.values()].reduce((sum, list) => sum + list.length, 0);
      const runs = await Promise.allSettled([...due.keys()].map((channel) => sendOn(channel, due)));
      const broken = runs.find((each) => each.status === 'rejected');
      if (broken) throw broken.reason;
    }
  } finally {
    await ticker.end();
  }
  if (closed) {
    const now = await run((tx) => openBroadcast(tx, broadcastId));
    if (now.state === 'over') return { ...counts, lanes: 0, ...(await run((tx) => over(tx, broadcastId))) };
    if (now.state === 'held') return { ...counts, lanes: 0, done: false, retryAfterMs: whilePausedMs };
  }
  const retryAfterMs = await run((tx) => finishBroadcast(tx, broadcastId));
  if (retryAfterMs === null) return { ...counts, lanes, done: true };
  // What is left belongs to a batch beside this one, or nothing may leave: don't hurry.
  return { ...counts, lanes, done: false, retryAfterMs: looked === 0 || closed ? Math.max(retryAfterMs, 1_000) : retryAfterMs };
}

/** A cancelled one may have got something back that could not be handed over, or another batch of it is just ending. */
async function over(tx: Tx, broadcastId: string): Promise<{ done: true } | { done: false; retryAfterMs: number }> {
  await takeOutCancelled(tx, broadcastId);
  const [claimed] = await tx.em.execute<{ id: string }[]>(`select id from delivery where broadcast_id = ? and status = 'claimed' limit 1`, [broadcastId]);
  return claimed ? { done: false, retryAfterMs: 5_000 } : { done: true };
}

async function nextDue(run: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>, broadcastId: string, size: number, claimedBy: string, share: Share): Promise<DueByChannel> {
  const due = await run((tx) => dueDeliveries(tx, broadcastId, size, claimedBy, share));
  if (due.size > 0) return due;
  // A chunk may hold nobody who can be reached.
  const write = () => run((tx) => writeNextChunk(tx, broadcastId, claimedBy));
  for (let written = await write(); written !== null; written = await write()) {
    if (written.length > 0) return byChannel(written);
  }
  // What is left of the others' shares; messages the product wrote at once, and those that are to be sent again.
  return run(async (tx) => {
    const left = await dueDeliveries(tx, broadcastId, size, claimedBy);
    if (left.size > 0) return left;
    const planned = await planBroadcast(tx, broadcastId, size);
    return planned === 0 ? new Map() : dueDeliveries(tx, broadcastId, size, claimedBy);
  });
}

/** Nearly all were accepted and nothing has overtaken them; the others go the long way. Who has the app open hears of theirs, so those do too. */
async function mark(db: Database, scope: Scope, group: readonly Ended[]): Promise<Marked[]> {
  const plain = group.filter(({ attempt }) => db.services.plugins.channel(attempt.channel)?.traits.needsAppSession !== true);
  const marked = await markAccepted(db, scope, plain);
  const rest = group.filter(({ attempt }) => !marked.has(attempt.deliveryId));
  const done = group.flatMap(({ attempt }): Marked[] =>
    marked.has(attempt.deliveryId) ? [{ messageId: attempt.messageId, status: 'sent', retryAfterMs: null, failedOver: false }] : []);
  return rest.length === 0 ? done : [...done, ...(await db.inWorkspace(scope, (tx) => markEnded(tx, rest)))];
}
