import type { Tx } from '../../db/tx.js';
import { lookUpLater } from '../look-up/look-up-later.js';
import { recordEvents } from './record-event.js';
import type { DeliveryRow } from './rows.js';
import { writeDeliveries, type DeliveryMark } from './write-statuses.js';

/** Longer than any attempt takes: whoever claimed it this long ago is gone, whatever its name. */
export const leaseMs = 10 * 60_000;

/** Whether the attempt that claimed a delivery is over without a word: it was an earlier try of ours, or is long gone. */
export function isDead(delivery: DeliveryRow, claimedBy: string, now: Date): boolean {
  if (delivery.status !== 'claimed') return false;
  if (delivery.claimedBy === claimedBy) return true;
  return delivery.claimedAt === null || now.getTime() - delivery.claimedAt.getTime() > leaseMs;
}

/**
 * Settles what dead attempts left: nobody knows whether those messages left, so they are `unknown` and never sent
 * again by themselves; where a repeat is harmless they go back into the queue.
 * @returns the marks as written; the messages' statuses are the caller's to bring in line
 */
export async function recover(tx: Tx, dead: readonly DeliveryRow[]): Promise<DeliveryMark[]> {
  const marks = dead.map((row): DeliveryMark => {
    const harmless = tx.services.plugins.channel(row.channel)?.traits.repeatHarmless === true;
    return {
      id: row.id, status: harmless ? 'queued' : 'unknown',
      providerId: null, code: null, reason: harmless ? null : 'the attempt ended without a word', notBefore: null,
    };
  });
  await writeDeliveries(tx, marks);
  await lookUpLater(tx, dead.filter((_, index) => marks[index]?.status === 'unknown'));
  await recordEvents(tx, dead.map((row) => ({
    deliveryId: row.id, kind: 'abandoned', at: tx.now, raw: { attempt: row.attempts, claimedBy: row.claimedBy },
  })));
  return marks;
}
