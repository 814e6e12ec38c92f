/** One HTTP request as the provider made it. */
export interface InboundRequest {
  readonly method: string;
  /** Path and query string as called from outside, e.g. `/v1/hooks/x/status?m=1`; signatures are made over publicUrl + path. */
  readonly path: string;
  /** Header names in lower case. */
  readonly headers: Record<string, string | undefined>;
  /** The untouched body: a parsed one cannot be verified. */
  readonly rawBody: Uint8Array;
}

/** What the API answers to the provider after the events are stored. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: string;
}

/** Verified events, or a refusal (bad signature, nonsense). Events are persisted before `answer` is given. */
export type ReceiveResult =
  | { readonly verified: true; readonly events: readonly InboundEvent[]; readonly answer: HttpAnswer }
  | { readonly verified: false; readonly reason: string; readonly answer: HttpAnswer };

interface InboundBase {
  /** Stable over redeliveries and different for every event, later statuses of one message included. */
  readonly providerKey: string;
  readonly providerId?: string;
  /** The provider's instant; the host clock's where the provider names none. */
  readonly at: Date;
}

/**
 * Somebody wrote. Everything below `text` is for channels that know it; `providerId` is the id others answer by (mail: the
 * Message-ID).
 */
export interface InboundMessage extends InboundBase {
  readonly kind: 'message';
  readonly from: string;
  /** Which address of ours it came to. */
  readonly to: string;
  readonly text: string;
  readonly subject?: string;
  /** As it came: whoever keeps it sanitises it. */
  readonly html?: string;
  /**
   * The address that really received it, never what the message itself says of its recipients. Only here is a signed reply
   * address believed; absent when the way it came does not tell.
   */
  readonly envelopeTo?: string;
  /** Provider ids of the messages it answers, the nearest first. */
  readonly references?: readonly string[];
  /** Our own message ids among those, where the plugin can tell: they find a message also when its hand-over broke off. */
  readonly answers?: readonly string[];
  /** A machine wrote it (vacation, list, receipt): kept and shown, never taken for an answer and never answered. */
  readonly automatic?: boolean;
  /** The same for copies of one message to several addresses of ours: entered once per creator. Unless told, `providerKey`. */
  readonly copyKey?: string;
  /** Could not be read: waits in the tray with this reason and its source, whoever it is from. */
  readonly problem?: string;
  /** The source, byte by byte. */
  readonly raw?: { readonly contentType: string; readonly content: Uint8Array };
  readonly attachments?: readonly InboundAttachment[];
  /** Words the provider's rules ask us to answer at once (HELP): sent once, on this channel alone. */
  readonly autoReply?: string;
}

/** A file that came along: its bytes, or where the plugin fetches them later. */
export type InboundAttachment =
  | {
      readonly filename?: string;
      readonly contentType: string;
      readonly content: Uint8Array;
      /** How the HTML points to it (mail: Content-ID without brackets); such a one is part of the text. */
      readonly contentId?: string;
    }
  | { readonly url: string; readonly contentType: string };

/** A later word on a message of ours. Statuses may arrive in any order and more than once. */
export interface InboundStatus extends InboundBase {
  readonly kind: 'status';
  readonly from?: string;
  readonly to?: string;
  /** Our own message id where the callback carried it: evidence that resolves an unknown. */
  readonly messageId?: string;
  /** `failed` is for good, a bounce of a mail included; `delayed` is only noted: its provider goes on trying. */
  readonly status: 'sent' | 'delivered' | 'failed' | 'read' | 'delayed';
  /** The provider's code of a failure or delay. */
  readonly code?: string;
  /** What the status came as, where that is a message of its own (mail: the bounce). */
  readonly raw?: { readonly contentType: string; readonly content: Uint8Array };
}

/** The recipient forbids, or allows again, messages of this sender. It is no answer in a conversation. */
export interface InboundConsent extends InboundBase {
  readonly kind: 'opt-out' | 'opt-in';
  readonly from: string;
  readonly to: string;
  /** Which sender of ours it is about, as {@link ChannelPlugin.sender} names it, when `to` does not say. */
  readonly sender?: string;
  readonly text: string;
}

/** Everything a channel can hear. */
export type InboundEvent = InboundMessage | InboundStatus | InboundConsent;
