/** queued < claimed < unknown < sent < (delivered | failed) < read. */
export const deliveryStatuses = ['queued', 'claimed', 'unknown', 'sent', 'delivered', 'failed', 'read'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

const rank: Record<DeliveryStatus, number> = { queued: 0, claimed: 1, unknown: 2, sent: 3, delivered: 4, failed: 4, read: 5 };

/**
 * What a delivery is after a piece of evidence, which may come late, twice and in any order: it only moves forward. Of
 * delivered and failed the first word stands, so that a repeated event changes nothing; read beats both.
 */
export function mergeDeliveryStatus(current: DeliveryStatus, evidence: DeliveryStatus): DeliveryStatus {
  return rank[evidence] > rank[current] ? evidence : current;
}

/** Nothing more is tried: it arrived, failed for good, or left and may or may not have arrived. */
export function isSettled(status: DeliveryStatus): boolean {
  return rank[status] >= rank.unknown;
}
