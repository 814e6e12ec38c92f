import type { Tx } from '../../db/tx.js';
import type { Claimable } from '../sending/claim.js';
import { windowEnd } from '../sending/window.js';
import { notBeforeFor } from './not-before.js';

/** What may leave now, and what would only after its time is over. Everything else waits, and its row says until when. */
export interface Daytime {
  free: Claimable[];
  tooLate: Claimable[];
}

/** Holds back what would disturb its creator now: the delivery's row keeps the instant, and whoever sends comes back then. */
export async function holdOverQuietHours(tx: Tx, candidates: readonly Claimable[]): Promise<Daytime> {
  const { plugins } = tx.services;
  const until = await notBeforeFor(tx, candidates.map(({ message, delivery }) => ({
    creatorId: message.creatorId,
    disturbs: plugins.channel(delivery.channel)?.traits.disturbs === true,
    ignoreQuietHours: message.ignoreQuietHours,
  })));
  const day: Daytime = { free: [], tooLate: [] };
  const held: { id: string; until: Date }[] = [];
  for (const [index, each] of candidates.entries()) {
    const end = until[index] ?? null;
    if (end === null) day.free.push(each);
    else if (end >= windowEnd(each.delivery.createdAt, each.message.deadlineAt)) day.tooLate.push(each);
    else held.push({ id: each.delivery.id, until: end });
  }
  if (held.length === 0) return day;
  await tx.em.execute(
    `update delivery d set not_before = r.until, code = ? from json_to_recordset(?::json) as r(id uuid, until timestamptz)
      where d.id = r.id and d.id in (?)`,
    [quietCode, JSON.stringify(held), held.map(({ id }) => id)],
  );
  return day;
}

/** Stands on a delivery that waits for the day, or could not wait for it. */
export const quietCode = 'quiet_hours';
