import type { MessagePurpose } from '../message-kinds.js';

/** A contact point with the senders its holder has forbidden. */
export interface ReachableAddress {
  channel: string;
  address: string;
  optedOutOf: string[];
}

/** Everything that decides where a message may go, as it is now. */
export interface Reach {
  messageId: string;
  creatorId: string;
  /** The name recipients see a message come from: the workspace's. */
  senderName: string;
  broadcastId: string | null;
  purpose: MessagePurpose;
  automatic: boolean;
  /** A person wrote it to many: the way out of newsletters is the way out of these too. */
  bulk: boolean;
  preferredChannel: string | null;
  lastInboundChannel: string | null;
  newsletterOptIn: boolean;
  /** Signed in to the app, and not removed it since. */
  hasApp: boolean;
  addresses: ReachableAddress[];
}
