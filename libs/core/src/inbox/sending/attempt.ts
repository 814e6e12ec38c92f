import type { OutboundMessage } from '@sevenfold/plugin-sdk';

/** A claimed delivery, ready to be handed to its channel. */
export interface Attempt {
  deliveryId: string;
  messageId: string;
  channel: string;
  /** Counts from 1. */
  attempt: number;
  outbound: OutboundMessage;
  /** Nothing is handed over after this. */
  deadline: Date;
}
