import { isSettled } from '@sevenfold/domain/delivery';
import type { Tx } from '../../db/tx.js';
import { carrierOf, type Carrier } from '../../mailboxes/carrier.js';
import { applyMarks } from './apply-marks.js';
import type { Attempt } from './attempt.js';
import { claim } from './claim.js';
import { prepare } from './prepare.js';
import { isDead, recover } from './recover.js';
import { deliveriesOf, lockMessages, type DeliveryRow, type MessageRow } from './rows.js';

/** What is to be done for a message now. */
export type Step =
  | { do: 'send'; attempt: Attempt }
  | { do: 'wait'; ms: number }
  /** The channel has no connection free. */
  | { do: 'queue'; channel: string; carrier: Carrier | null }
  /** Look again at once: the message moved to another channel. */
  | { do: 'again' }
  | { do: 'nothing' };

type IsFree = (channel: string, carrier: Carrier | null) => boolean;

/** Resuming rings for what was held, so this is only for a bell that was lost. */
const whilePausedMs = 3_600_000;

/**
 * Takes a message as far as one transaction can: chooses its channel, settles what a dead attempt left, claims.
 * @param isFree whether the channel, or its author's own mailbox, has a connection for it
 */
export async function beginAttempt(
  tx: Tx,
  messageId: string,
  claimedBy: string,
  isFree: IsFree,
): Promise<Step> {
  const [message] = await lockMessages(tx, [messageId]);
  if (!message) return { do: 'nothing' }; // erased since
  const deliveries = await deliveriesOf(tx, [messageId]);
  const newest = deliveries.at(-1);
  if (!newest) return first(tx, message, claimedBy, isFree);
  if (isDead(newest, claimedBy, tx.now)) {
    const marks = await recover(tx, [newest]);
    await applyMarks(tx, new Map([[message.id, message]]), deliveries, marks);
    return marks[0]?.status === 'queued' ? { do: 'again' } : { do: 'nothing' };
  }
  if (newest.status === 'claimed') return { do: 'wait', ms: 5_000 }; // a batch is at it
  if (newest.status !== 'queued') return { do: 'nothing' };
  return next(tx, message, newest, claimedBy, isFree);
}

/** The channel is chosen and claimed in one go: another transaction in between would only read the same rows again. */
async function first(tx: Tx, message: MessageRow, claimedBy: string, isFree: IsFree): Promise<Step> {
  if (isSettled(message.status)) return { do: 'nothing' };
  if (isHeld(message)) return { do: 'wait', ms: whilePausedMs };
  const [delivery] = await prepare(tx, [message]);
  return delivery ? next(tx, message, delivery, claimedBy, isFree) : { do: 'nothing' };
}

async function next(
  tx: Tx,
  message: MessageRow,
  delivery: DeliveryRow,
  claimedBy: string,
  isFree: IsFree,
): Promise<Step> {
  if (isHeld(message)) return { do: 'wait', ms: whilePausedMs };
  const waitMs = delivery.notBefore ? delivery.notBefore.getTime() - tx.now.getTime() : 0;
  if (waitMs > 0) return { do: 'wait', ms: waitMs };
  const carrier = await carrierOf(tx, delivery.channel, message);
  if (!isFree(delivery.channel, carrier)) return { do: 'queue', channel: delivery.channel, carrier };
  const [attempt] = await claim(tx, [{ message, delivery, carrier }], claimedBy);
  return attempt ? { do: 'send', attempt } : { do: 'again' };
}

/** What the product writes by itself stays back while its campaign is paused (E8). */
function isHeld(message: MessageRow): boolean {
  return message.automatic && message.campaignPaused;
}
