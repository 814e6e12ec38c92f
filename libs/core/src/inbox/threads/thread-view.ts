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
  /** Grows with every change. */
  version: number;
}
