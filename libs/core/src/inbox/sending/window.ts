const day = 24 * 3_600_000;

/** A delivery is tried for 24 hours, and never after the message's own deadline. */
export function windowEnd(deliveryCreatedAt: Date, deadlineAt: Date | null): Date {
  const end = deliveryCreatedAt.getTime() + day;
  return new Date(deadlineAt === null ? end : Math.min(end, deadlineAt.getTime()));
}
