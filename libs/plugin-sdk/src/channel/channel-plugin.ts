import type { PluginHealth } from '../health.js';
import type { SendOutcome } from '../outcome.js';
import type { InboundRequest, ReceiveResult } from './inbound.js';
import type { LookUpAnswer, LookUpQuestion } from './look-up.js';
import type { Mailboxes } from './mailboxes.js';
import type { TextMeasure } from './measure.js';
import type { AttachmentRef, FetchContext, FetchedAttachment } from './media.js';
import type { OutboundMessage, SendContext } from './message.js';
import type { Receiver, ReceiverContext } from './receiver.js';
import type { ChannelTraits } from './traits.js';

/** An address in the one form it is stored, compared and sent to, or why it is none. */
export type NormalisedAddress =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly reason: string };

/** A way to reach a creator. */
export interface ChannelPlugin {
  /** The channel's id ('email'); the rest of the product treats it as an opaque word. */
  readonly channel: string;
  /** A short name for people ('E-mail'). */
  readonly label: string;
  /** Who it sends as, as recipients see it; consent is kept per sender. */
  readonly sender: string;
  readonly traits: ChannelTraits;
  /** Pure and cheap; never throws. */
  normalise(address: string): NormalisedAddress;
  /** One attempt, never repeated inside, never throws: what went wrong is in the outcome. */
  send(message: OutboundMessage, context: SendContext): Promise<SendOutcome>;
  /** Webhooks of the provider; absent when it has none. Throws only on faults of our own. */
  receive?(request: InboundRequest): Promise<ReceiveResult>;
  /**
   * Opens doors other than a webhook: a port, a mailbox that is looked into. Called once per worker process, never by the API.
   * A door that does not open yet is said in the receiver's health and tried again; absent, or null, when none is configured.
   */
  listen?(context: ReceiverContext): Promise<Receiver | null>;
  /** Fetches a file that an inbound event named: only from the provider, bounded, never throws. Absent when files come with their bytes. */
  fetchAttachment?(ref: AttachmentRef, context: FetchContext): Promise<FetchedAttachment>;
  /** Asks the provider what became of a message whose hand-over has no known end. Sends nothing, never throws. */
  lookUp?(question: LookUpQuestion, context: { readonly signal: AbortSignal }): Promise<LookUpAnswer>;
  /** What a text would cost here, for previews; pure. Absent when length costs nothing. */
  measure?(text: string): TextMeasure;
  /** Members may write from, and be answered at, mailboxes of their own. Absent where there is no such thing. */
  readonly mailboxes?: Mailboxes;
  health(): Promise<PluginHealth>;
  close(): Promise<void>;
}
