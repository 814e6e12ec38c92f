/** A line of the inbox. Its instants are ISO 8601 with milliseconds, in UTC, as they are answered. */
export interface ThreadView {
  id: string;
  creator: { id: string; name: string };
  lastMessageAt: string;
  preview: string;
  lastDirection: 'in' | 'out';
  /** The channel the creator last wrote from; null when they never did. */
  lastInboundChannel: string | null;
  unread: number;
  /** The first message of the creator that waits for an answer of a person; null when none does. */
  waitingSince: string | null;
  /** When an answer is overdue (D5); null when nobody waits. */
  replyDueAt: string | null;
  assignee: { id: string; name: string } | null;
  /** Out of sight until then, or until the creator writes. */
  snoozedUntil: string | null;
  /** Grows with every change. */
  version: number;
}
