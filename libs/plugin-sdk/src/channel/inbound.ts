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

/** Somebody wrote. */
export interface InboundMessage extends InboundBase {
  readonly kind: 'message';
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly attachments?: readonly { readonly url: string; readonly contentType: string }[];
}

/** A later word on a message of ours. Statuses may arrive in any order and more than once. */
export interface InboundStatus extends InboundBase {
  readonly kind: 'status';
  readonly from?: string;
  readonly to?: string;
  /** Our own message id where the callback carried it: evidence that resolves an unknown. */
  readonly messageId?: string;
  readonly status: 'sent' | 'delivered' | 'failed' | 'read';
  /** The provider's code of a failure. */
  readonly code?: string;
}

/** The recipient forbids, or allows again, messages of this sender. It is no answer in a conversation. */
export interface InboundConsent extends InboundBase {
  readonly kind: 'opt-out' | 'opt-in';
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** Everything a channel can hear. */
export type InboundEvent = InboundMessage | InboundStatus | InboundConsent;
