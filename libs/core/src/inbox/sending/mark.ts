import type { SendOutcome } from '@sevenfold/plugin-sdk';
import type { Tx } from '../../db/tx.js';
import { weighOutcome } from '../../mailboxes/carrier.js';
import { recordRefusal } from '../consent/record-consent.js';
import { lookUpLater } from '../look-up/look-up-later.js';
import { applyMarks, type Marked } from './apply-marks.js';
import type { Attempt } from './attempt.js';
import { recordEvents } from './record-event.js';
import { deliveriesOf, lockMessages } from './rows.js';
import { settle } from './settle.js';
import { windowEnd } from './window.js';
import { writeDeliveries, type DeliveryMark } from './write-statuses.js';

/** An attempt that has ended. */
export interface Ended {
  attempt: Attempt;
  outcome: SendOutcome;
}

/** Marks attempts that have ended, and moves messages whose channel has failed for good to the next one. */
export async function markEnded(tx: Tx, ended: readonly Ended[]): Promise<Marked[]> {
  const ids = [...new Set(ended.map(({ attempt }) => attempt.messageId))];
  const messages = new Map((await lockMessages(tx, ids)).map((message) => [message.id, message]));
  const deliveries = await deliveriesOf(tx, ids);
  await recordEvents(tx, ended.map(({ attempt, outcome }) => ({
    deliveryId: attempt.deliveryId, kind: outcome.outcome, at: tx.now, raw: { attempt: attempt.attempt, ...outcome },
  })));
  const marks: DeliveryMark[] = [];
  for (const { attempt, outcome: ending } of ended) {
    const row = deliveries.find((each) => each.id === attempt.deliveryId);
    const message = messages.get(attempt.messageId);
    if (!row || !message) continue; // erased meanwhile
    const standing = { status: row.status, attempts: row.attempts, windowEnd: windowEnd(row.createdAt, message.deadlineAt) };
    const outcome = attempt.carrier ? await weighOutcome(tx, attempt.carrier, ending, row.createdAt) : ending;
    const settled = settle(standing, outcome, attempt.attempt, tx.now);
    if (outcome.outcome === 'rejected' && outcome.optedOut) await recordRefusal(tx, message.creatorId, attempt);
    marks.push({ id: row.id, ...settled, ...(outcome.outcome === 'accepted' && { segments: outcome.segments ?? null }) });
  }
  await writeDeliveries(tx, marks);
  await lookUpLater(tx, deliveries.filter(({ id }) => marks.some((mark) => mark.id === id && mark.status === 'unknown')));
  return applyMarks(tx, messages, deliveries, marks);
}
