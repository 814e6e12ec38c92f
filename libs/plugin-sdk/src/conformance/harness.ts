import type { InboundRequest, InboundStatus } from '../channel/inbound.js';
import type { OutboundMessage } from '../channel/message.js';

/**
 * What the author of a channel tells the conformance kit: a fake of their provider, how the plugin is pointed at it, and how its
 * webhooks look. The kit starts as many of these providers as it wants, and believes what they saw, not what the plugin says.
 */
export interface Harness {
  /** Starts a fake provider on a free port of 127.0.0.1. Absent when the channel talks to nobody outside the product. */
  provider?(kit: ProviderKit): Promise<FakeProvider>;
  /** The plugin's variables, all it needs to reach the provider at this place. */
  env(where: Where): Record<string, string>;
  /** Which of those variables are secret: their values may show nowhere. */
  readonly secrets: readonly string[];
  readonly addresses: {
    /** As people type them, and what `normalise` makes of them; at least one. The first gets the messages. */
    readonly good: readonly { readonly typed: string; readonly normalised: string }[];
    /** What is no address. */
    readonly bad: readonly string[];
  };
  /** What the kit's message needs besides an id, a recipient and a text. */
  readonly message?: Partial<OutboundMessage>;
  /** What the provider cannot do, and why; the report shows it. */
  readonly lacks?: Partial<Record<Lackable, string>>;
}

/** What a provider may be without. */
export type Lackable = Exclude<ProviderAnswer['as'], 'accept'> | 'retry-after' | 'inbound-media' | 'opt-out' | 'opt-in';

/** Where the kit's line to the provider begins. The plugin must reach it there and nowhere else. */
export interface Where {
  readonly host: string;
  readonly port: number;
  /** `http://host:port` */
  readonly url: string;
  /** How long the plugin shall wait for an answer, in milliseconds, if it can be told. */
  readonly timeoutMs: number;
  /** A free port, for a plugin that opens a door of its own (`listen`). */
  readonly doorPort: number;
}

/** How the provider answers an attempt. `detail` belongs into its error text: providers repeat what they were given. */
export type ProviderAnswer =
  /** Takes it. */
  | { readonly as: 'accept' }
  /** Refuses this recipient for good. */
  | { readonly as: 'reject'; readonly detail: string }
  /** Refuses because the recipient has forbidden messages of this sender. */
  | { readonly as: 'opted-out'; readonly detail: string }
  /** Too many: come back later. */
  | { readonly as: 'rate-limit'; readonly retryAfterSeconds: number; readonly detail: string }
  /** Certainly does not take it now, whoever it is for. */
  | { readonly as: 'unavailable'; readonly detail: string }
  /** Does not know us, or not any more. */
  | { readonly as: 'wrong-credentials'; readonly detail: string }
  /** Takes it, and answers what makes no sense. */
  | { readonly as: 'nonsense' };

/** What the kit lends to a fake provider. */
export interface ProviderKit {
  /** How to answer now; it changes while the provider runs. */
  readonly answer: ProviderAnswer;
  /** Where a plugin with `listen` was told to open its door. */
  readonly doorPort: number;
  /**
   * Tell every try to hand a message over, once the provider has all of it (or refuses it) and before it answers; then wait for the
   * promise. Here the kit counts, cuts the line and keeps silent.
   */
  attempt(attempt: Attempt): Promise<void>;
}

/** One try to hand a message over, as the provider saw it. */
export interface Attempt {
  readonly to: string;
  readonly text: string;
  /** Whether the provider keeps the message and will deliver it. */
  readonly taken: boolean;
  /** The id the provider gives it. */
  readonly providerId?: string;
  /** Our message id, where the provider is told it. */
  readonly messageId?: string;
  readonly subject?: string;
  readonly html?: string;
  readonly attachments?: readonly { readonly contentType: string; readonly content?: Uint8Array; readonly url?: string }[];
  /** Where the provider was asked to report on it. */
  readonly callbackUrl?: string;
}

/** A fake provider, running. */
export interface FakeProvider {
  readonly port: number;
  /** How its webhooks look; needed when the plugin has `receive`. */
  readonly webhooks?: Webhooks;
  /**
   * Brings a message to the door of the plugin; needed when it has `listen`. Answers whether the plugin acknowledged it: then the
   * sender forgets it. No door, or a refusal, is false.
   */
  deliver?(incoming: Incoming): Promise<boolean>;
  /** Ends it at once, whatever is still open. */
  close(): Promise<void>;
}

/** The provider's requests to us, before they are signed. `path` is what comes behind the channel's webhook address. */
export interface UnsignedRequest {
  /** POST unless told. */
  readonly method?: string;
  /** Such as `/status?m=1`; empty unless told. */
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body: string;
}

/** A report on a message the provider took. */
export interface Report {
  readonly attempt: Attempt;
  readonly status: InboundStatus['status'];
  readonly at: Date;
}

/** Something a creator writes. */
export interface Incoming {
  /** Different for every message: make the provider's id of it. */
  readonly id: string;
  /** A normalised address. */
  readonly from: string;
  /** The plugin's `sender`. */
  readonly to: string;
  readonly text: string;
  readonly at: Date;
  readonly media?: { readonly contentType: string; readonly filename: string; readonly content: Uint8Array };
}

/** How this provider's webhooks look. */
export interface Webhooks {
  /** In lower case. */
  readonly signatureHeaders: readonly string[];
  /** Signs as the provider does; `url` is the full public address. With `forged`, by another key than the configured one. */
  sign(request: UnsignedRequest & { readonly url: string }, forged: boolean): Record<string, string>;
  /** Whether another address breaks the signature. */
  readonly coversUrl?: boolean;
  /** The reports this provider makes. */
  readonly statuses?: readonly InboundStatus['status'][];
  status?(report: Report): UnsignedRequest;
  message?(incoming: Incoming): UnsignedRequest;
  optOut?(incoming: Omit<Incoming, 'text' | 'media'>): UnsignedRequest;
  optIn?(incoming: Omit<Incoming, 'text' | 'media'>): UnsignedRequest;
}

/** Types a harness; its module default-exports the result. */
export const defineHarness = (harness: Harness): Harness => harness;

/** What `receive` gets. */
export type SignedRequest = InboundRequest;
