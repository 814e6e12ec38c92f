/** queued < claimed < unknown < sent < (delivered | failed) < read. */
export const deliveryStatuses = ['queued', 'claimed', 'unknown', 'sent', 'delivered', 'failed', 'read'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

const rank: Record<DeliveryStatus, number> = { queued: 0, claimed: 1, unknown: 2, sent: 3, failed: 4, delivered: 5, read: 6 };

/**
 * What a delivery is after a piece of evidence, which may come late, twice and in any order: it only moves forward, and
 * the same evidence gives the same end in whatever order it came. Of failed and delivered the arrival is believed: carriers
 * give up and deliver after all, while nothing that arrived can fail. Read beats both.
 */
export function mergeDeliveryStatus(current: DeliveryStatus, evidence: DeliveryStatus): DeliveryStatus {
  return rank[evidence] > rank[current] ? evidence : current;
}

/** Nothing more is tried: it arrived, failed for good, or left and may or may not have arrived. */
export function isSettled(status: DeliveryStatus): boolean {
  return rank[status] >= rank.unknown;
}
