import type { Tx } from '../../db/tx.js';
import { applyMarks } from '../../inbox/sending/apply-marks.js';
import { prepare } from '../../inbox/sending/prepare.js';
import { isDead, leaseMs, recover } from '../../inbox/sending/recover.js';
import { deliveriesOf, lockMessages } from '../../inbox/sending/rows.js';
import type { Due } from './claim-due.js';

/** Settles what a dead attempt at this broadcast left claimed; what is claimed by a live one beside this is not even locked. */
export async function recoverBroadcast(tx: Tx, broadcastId: string, claimedBy: string): Promise<number> {
  const claimed = await tx.em.execute<{ id: string }[]>(
    `select distinct message_id as id from delivery
      where broadcast_id = ? and status = 'claimed' and (claimed_by = ? or claimed_at is null or claimed_at < ?)`,
    [broadcastId, claimedBy, new Date(tx.now.getTime() - leaseMs)],
  );
  if (claimed.length === 0) return 0;
  const messages = await lockMessages(tx, claimed.map(({ id }) => id), 'skip');
  const deliveries = await deliveriesOf(tx, messages.map(({ id }) => id));
  const dead = deliveries.filter((row) => isDead(row, claimedBy, tx.now));
  if (dead.length === 0) return 0;
  const touched = new Set(dead.map((row) => row.messageId));
  const marks = await recover(tx, dead);
  await applyMarks(
    tx,
    new Map(messages.filter(({ id }) => touched.has(id)).map((message) => [message.id, message])),
    deliveries.filter((row) => touched.has(row.messageId)),
    marks,
  );
  return dead.length;
}

/** Chooses channels for up to `limit` messages that have none yet in their round; batches side by side take different ones. */
export async function planBroadcast(tx: Tx, broadcastId: string, limit: number): Promise<number> {
  const found = await tx.em.execute<{ id: string }[]>(
    `select m.id from message m
      where m.broadcast_id = ? and m.status = 'queued'
        and not exists (select 1 from delivery d where d.message_id = m.id and d.round = m.round)
      limit ? for no key update of m skip locked`,
    [broadcastId, limit],
  );
  const messages = await lockMessages(tx, found.map(({ id }) => id));
  await prepare(tx, messages);
  return messages.length;
}

/** Deliveries that may leave, by channel. */
export type DueByChannel = Map<string, Due[]>;

/** Which of the batches side by side, of how many: each begins with deliveries of its own, so that they don't reach for the same. */
export interface Share {
  lane: number;
  lanes: number;
}

const everything: Share = { lane: 0, lanes: 1 };

/**
 * Up to `limit` deliveries of a broadcast that may leave now. What another batch beside this one took on is left to it, as long as it
 * lives; who claims one has it.
 * @param share only these, and what is this batch's already
 */
export async function dueDeliveries(tx: Tx, broadcastId: string, limit: number, claimedBy: string, { lane, lanes }: Share = everything): Promise<DueByChannel> {
  const rows = await tx.em.execute<(Due & { channel: string })[]>(
    `select d.id, d.message_id as "messageId", d.channel from delivery d
      where d.broadcast_id = ? and d.status = 'queued' and (d.not_before is null or d.not_before <= ?)
        and (d.claimed_by is null or d.claimed_by = ? or d.claimed_at < ?)
        and (? = 1 or d.claimed_by = ? or abs(hashtext(d.id::text)::bigint) % ? = ?)
      limit ? for update of d skip locked`,
    [broadcastId, tx.now, claimedBy, new Date(tx.now.getTime() - leaseMs), lanes, claimedBy, lanes, lane % lanes, limit],
  );
  return byChannel(rows);
}

export function byChannel(rows: readonly (Due & { channel: string })[]): DueByChannel {
  const due: DueByChannel = new Map();
  for (const { channel, ...each } of rows) {
    const known = due.get(channel);
    if (known) known.push(each);
    else due.set(channel, [each]);
  }
  return due;
}
