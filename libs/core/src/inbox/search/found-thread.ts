import type { ThreadView } from '../threads/thread-view.js';

/** A thread that was found, and where. */
export interface FoundThread extends ThreadView {
  /** The newest message in which all words occur; null when the creator's name has them. */
  match: { messageId: string; at: Date; snippet: string } | null;
}
