import type { DeliveryStatus } from '@sevenfold/domain/delivery';

/**
 * What a message is, given its deliveries in the order they were tried: arrived if any of them arrived, otherwise
 * whatever the newest of its round is; nothing of that round yet means that it is to be sent again. The first failure stays
 * shown on its own delivery. What has left stays so while a further channel takes over what lay unread.
 * @param round the message's own
 */
export function messageStatus(deliveries: readonly { status: DeliveryStatus; channel: string; round: number }[], round: number): {
  status: DeliveryStatus;
  channel: string | null;
} {
  const thisRound = deliveries.filter((each) => each.round === round);
  const best = deliveries.find((each) => each.status === 'read')
    ?? deliveries.find((each) => each.status === 'delivered')
    ?? thisRound.findLast((each) => each.status === 'sent')
    // Evidence that one of an earlier round left after all counts, as long as none of this round is on its way.
    ?? thisRound.at(-1)
    ?? deliveries.findLast((each) => each.status === 'sent');
  return best ? { status: best.status, channel: best.channel } : { status: 'queued', channel: null };
}
