/** One message to one recipient, fully rendered. */
export interface OutboundMessage {
  /** Our message id, which is the delivery's id as well: one attempt row, one id, stable over retries. */
  readonly id: string;
  readonly workspaceId: string;
  /** A normalised address of this channel. */
  readonly to: string;
  /** The sender's display name; the sending address belongs to the plugin's configuration. */
  readonly from?: string;
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  /** Where replies go: a signed reply address made by the product. */
  readonly replyTo?: string;
  /** Written by the engine, not by a person: marked so that other machines do not answer it. */
  readonly automatic?: boolean;
  /** Extra headers for channels that have any. `inReplyTo` and the unsubscribe link have fields of their own. */
  readonly headers?: Record<string, string>;
  /** Provider id of the message this one answers. */
  readonly inReplyTo?: string;
  /** Provider ids of the talk so far with this one recipient, oldest first, `inReplyTo` included. */
  readonly references?: readonly string[];
  /** A link whose POST unsubscribes this recipient in one click. */
  readonly unsubscribeUrl?: string;
  /** Overrides the plugin's own status callback URL; our message id is added to it. */
  readonly statusCallbackUrl?: string;
  readonly attachments?: readonly OutboundAttachment[];
}

/** A file sent along. */
export interface OutboundAttachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array;
  /** Where its bytes can be fetched for some days without signing in, by an address nobody can guess. */
  readonly url?: string;
}

/** The circumstances of one attempt. */
export interface SendContext {
  /** Aborted when the caller gives up: before the hand-over that means `not_sent`, after it `unknown`. */
  readonly signal: AbortSignal;
  /** The instant (host clock) after which the message must not be handed over any more: then `not_sent`. */
  readonly deadline: Date;
}
