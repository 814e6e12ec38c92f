import { isSettled } from '@sevenfold/domain/delivery';
import type { Tx } from '../../db/tx.js';
import type { Attempt } from '../../inbox/sending/attempt.js';
import { claim, type Claimable } from '../../inbox/sending/claim.js';
import { deliveriesOf, lockMessages } from '../../inbox/sending/rows.js';
import { isOpen } from './is-open.js';

/** A delivery of a broadcast and its message. */
export interface Due {
  id: string;
  messageId: string;
}

/** What was claimed. `closed`: the broadcast is paused, cancelled or held, and nothing of it leaves. */
export interface ClaimedGroup {
  attempts: Attempt[];
  closed: boolean;
}

/**
 * Claims those of these deliveries that may leave now. Everything is read by its key, so it costs the same at the end of
 * two hundred thousand as at the beginning.
 */
export async function claimDue(tx: Tx, broadcastId: string, due: readonly Due[], claimedBy: string): Promise<ClaimedGroup> {
  if (!(await isOpen(tx, broadcastId))) return { attempts: [], closed: true };
  const ids = due.map(({ messageId }) => messageId);
  const messages = new Map((await lockMessages(tx, ids, 'skip')).map((message) => [message.id, message]));
  const wanted = new Set(due.map(({ id }) => id));
  const candidates = (await deliveriesOf(tx, [...messages.keys()])).flatMap((delivery): Claimable[] => {
    const message = messages.get(delivery.messageId);
    const isDue = wanted.has(delivery.id) && delivery.status === 'queued' && (delivery.notBefore === null || delivery.notBefore <= tx.now);
    // Evidence that an earlier round arrived: once is enough.
    return message && isDue && !isSettled(message.status) ? [{ message, delivery }] : [];
  });
  return { attempts: await claim(tx, candidates, claimedBy, { quiet: true }), closed: false };
}
