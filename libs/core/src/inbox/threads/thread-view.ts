/** A line of the inbox. */
export interface ThreadView {
  id: string;
  creator: { id: string; name: string };
  lastMessageAt: Date;
  preview: string;
  lastDirection: 'in' | 'out';
  /** The channel the creator last wrote from; null when they never did. */
  lastInboundChannel: string | null;
  unread: number;
  /** The first message of the creator that waits for an answer of a person; null when none does. */
  waitingSince: Date | null;
  /** When an answer is overdue (D5); null when nobody waits. */
  replyDueAt: Date | null;
  assignee: { id: string; name: string } | null;
  /** Out of sight until then, or until the creator writes. */
  snoozedUntil: Date | null;
  /** Grows with every change. */
  version: number;
}
