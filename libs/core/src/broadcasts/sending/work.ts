import type { Tx } from '../../db/tx.js';
import { applyMarks } from '../../inbox/sending/apply-marks.js';
import type { Attempt } from '../../inbox/sending/attempt.js';
import { claim } from '../../inbox/sending/claim.js';
import { prepare } from '../../inbox/sending/prepare.js';
import { isDead, recover } from '../../inbox/sending/recover.js';
import { deliveriesOf, lockMessages } from '../../inbox/sending/rows.js';

/** Settles what a dead attempt at this broadcast left claimed. */
export async function recoverBroadcast(tx: Tx, broadcastId: string, claimedBy: string): Promise<number> {
  const claimed = await tx.em.execute<{ id: string }[]>(
    `select distinct message_id as id from delivery where broadcast_id = ? and status = 'claimed'`,
    [broadcastId],
  );
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

/** Chooses channels for up to `limit` messages that have none yet; batches side by side take different ones. */
export async function planBroadcast(tx: Tx, broadcastId: string, limit: number): Promise<number> {
  const found = await tx.em.execute<{ id: string }[]>(
    `select m.id from message m
      where m.broadcast_id = ? and m.status = 'queued' and not exists (select 1 from delivery d where d.message_id = m.id)
      order by m.id limit ? for no key update of m skip locked`,
    [broadcastId, limit],
  );
  const messages = await lockMessages(tx, found.map(({ id }) => id));
  await prepare(tx, messages);
  return messages.length;
}

/** The channels that have something due in this broadcast. */
export async function dueChannels(tx: Tx, broadcastId: string): Promise<string[]> {
  const rows = await tx.em.execute<{ channel: string }[]>(
    `select distinct channel from delivery
      where broadcast_id = ? and status = 'queued' and (not_before is null or not_before <= ?)`,
    [broadcastId, tx.now],
  );
  return rows.map(({ channel }) => channel);
}

/** Claims up to `limit` due deliveries of one channel. `looked` counts what was found, claimed or refused. */
export async function claimGroup(
  tx: Tx,
  broadcastId: string,
  channel: string,
  limit: number,
  claimedBy: string,
): Promise<{ looked: number; attempts: Attempt[] }> {
  const found = await tx.em.execute<{ id: string }[]>(
    `select m.id from delivery d join message m on m.id = d.message_id
      where d.broadcast_id = ? and d.status = 'queued' and d.channel = ? and (d.not_before is null or d.not_before <= ?)
      order by m.id limit ? for no key update of m skip locked`,
    [broadcastId, channel, tx.now, limit],
  );
  const ids = found.map(({ id }) => id);
  const messages = new Map((await lockMessages(tx, ids)).map((message) => [message.id, message]));
  const deliveries = (await deliveriesOf(tx, ids)).filter(
    (row) => row.channel === channel && row.status === 'queued' && (row.notBefore === null || row.notBefore <= tx.now),
  );
  const candidates = deliveries.flatMap((delivery) => {
    const message = messages.get(delivery.messageId);
    return message ? [{ message, delivery }] : [];
  });
  return { looked: found.length, attempts: await claim(tx, candidates, claimedBy) };
}
