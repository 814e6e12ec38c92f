import type { DeliveryStatus } from '@sevenfold/domain/delivery';

/**
 * What a message is, given its deliveries in the order they were tried: arrived if any of them arrived, otherwise
 * whatever the newest is. The first failure stays shown on its own delivery.
 */
export function messageStatus(deliveries: readonly { status: DeliveryStatus; channel: string }[]): {
  status: DeliveryStatus;
  channel: string | null;
} {
  const best = deliveries.find((each) => each.status === 'read')
    ?? deliveries.find((each) => each.status === 'delivered')
    ?? deliveries.at(-1);
  return best ? { status: best.status, channel: best.channel } : { status: 'queued', channel: null };
}
