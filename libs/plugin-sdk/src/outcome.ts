import type { MailboxProblem } from './channel/mailboxes.js';

/**
 * What became of one attempt to hand something to a provider. There is no fifth answer, and `send` never throws.
 *
 * `reason` and `code` end up in logs and workflow histories: they hold no secret and no personal data.
 */
export type SendOutcome = AcceptedOutcome | RejectedOutcome | NotSentOutcome | UnknownOutcome;

/** The provider took it. */
export interface AcceptedOutcome {
  readonly outcome: 'accepted';
  readonly providerId: string;
  /** How many messages the provider made of it and charges for. */
  readonly segments?: number;
}

/** Refused for good: trying the same again cannot help, the next channel may. */
export interface RejectedOutcome {
  readonly outcome: 'rejected';
  /** The provider's own code ('21610', '550'), or a word of the plugin's ('invalid_address'). */
  readonly code: string;
  readonly reason: string;
  /** True when the recipient has forbidden messages from this sender: belongs into the consent ledger. */
  readonly optedOut?: boolean;
}

/** Certainly not handed over: it may be tried again after `retryAfterMs` (the caller's own back-off if absent). */
export interface NotSentOutcome {
  readonly outcome: 'not_sent';
  readonly retryAfterMs?: number;
  readonly reason: string;
  /** It is the member's own mailbox that is at fault, and will be until somebody puts it right. */
  readonly account?: MailboxProblem;
}

/** The line broke after the last byte: nobody may send it again until evidence or a person says so. */
export interface UnknownOutcome {
  readonly outcome: 'unknown';
  readonly reason: string;
  /** What a later look-up needs to tell whether it happened (provider ids, never secrets). Keep it with the row. */
  readonly evidence?: Record<string, string>;
}

/** Shorthands, so that plugins read as a table of provider answer → outcome. */
export const accepted = (providerId: string, segments?: number): AcceptedOutcome =>
  segments === undefined ? { outcome: 'accepted', providerId } : { outcome: 'accepted', providerId, segments };

/** Refused for good; see {@link RejectedOutcome}. */
export const rejected = (code: string, reason: string): RejectedOutcome => ({ outcome: 'rejected', code, reason });

/** Certainly not handed over; `retryAfterMs` in milliseconds. */
export const notSent = (reason: string, retryAfterMs?: number): NotSentOutcome =>
  retryAfterMs === undefined ? { outcome: 'not_sent', reason } : { outcome: 'not_sent', reason, retryAfterMs };

/** May or may not have happened; `evidence` helps to find out. */
export const unknown = (reason: string, evidence?: Record<string, string>): UnknownOutcome =>
  evidence === undefined ? { outcome: 'unknown', reason } : { outcome: 'unknown', reason, evidence };
