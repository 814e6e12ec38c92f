import type { InboundStatus } from './inbound.js';
import type { OutboundMessage } from './message.js';

/** A message nobody knows the end of, and when it was on its way. */
export interface LookUpQuestion {
  /** As it was handed over. */
  readonly message: OutboundMessage;
  /** Its attempt lay between these (host clock). */
  readonly sentAfter: Date;
  readonly sentBefore: Date;
}

/**
 * What the provider knows of it. `found`: every message of its list that can be this one, with what became of each; the caller
 * leaves out those it knows to be others. `absent`: the provider's list answers for that time and does not hold it. `unsure`:
 * it cannot be told, or the provider did not answer.
 */
export type LookUpAnswer =
  | { readonly outcome: 'found'; readonly candidates: readonly LookUpCandidate[] }
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'unsure'; readonly reason: string };

/** One message of the provider's list. */
export interface LookUpCandidate extends Pick<InboundStatus, 'providerKey' | 'status' | 'code'> {
  readonly providerId: string;
  readonly at: Date;
  readonly segments?: number;
  /** It failed because the recipient has forbidden our sender. */
  readonly optedOut?: boolean;
}
