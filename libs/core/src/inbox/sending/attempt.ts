import type { OutboundMessage } from '@sevenfold/plugin-sdk';
import type { Carrier } from '../../mailboxes/carrier.js';

/** A claimed delivery, ready to be handed to its channel. */
export interface Attempt {
  deliveryId: string;
  messageId: string;
  channel: string;
  /** Counts from 1. */
  attempt: number;
  outbound: OutboundMessage;
  /** The author's own mailbox it leaves by; null for the channel's own sender. */
  carrier: Carrier | null;
  /** Nothing is handed over after this. */
  deadline: Date;
}
