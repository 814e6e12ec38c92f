import type { SendOutcome } from '../outcome.js';
import type { InboundEvent } from './inbound.js';
import type { OutboundMessage, SendContext } from './message.js';
import type { ReceiverCursor } from './receiver.js';

/** How a connection to a server is secured. `tls`: from the first byte. `starttls`: before anything is said, or not at all. `none`: in the clear. */
export type MailboxSecurity = 'tls' | 'starttls' | 'none';

/** A server of somebody's mailbox, and who they are there. */
export interface MailboxServer {
  /** As its owner names it: its certificate must be for this name. */
  readonly host: string;
  /** What to connect to: looked up, and allowed, by the product. Never look `host` up again: the answer may be another one by now. */
  readonly ip: string;
  readonly port: number;
  readonly security: MailboxSecurity;
  readonly user: string;
  readonly password: string;
}

/** A mailbox of one member of the team, with its secrets in the clear: keep it no longer than the call. */
export interface Mailbox {
  /** A normalised address of this channel: who its mail comes from. */
  readonly address: string;
  /** Its owner's name, as recipients see it. */
  readonly name?: string;
  readonly smtp: MailboxServer;
  /** Absent: it is only sent from. */
  readonly imap?: MailboxServer & { readonly folder: string };
}

/**
 * What is wrong with a server. `credentials`, `address` (it does not let this user write from it), `certificate`, `security` (it does not speak TLS
 * as told) and `folder` (there is none of that name) last until somebody changes something; `unreachable` and `protocol` (it said something else
 * than it should) may pass.
 */
export type MailboxProblem = 'credentials' | 'address' | 'certificate' | 'security' | 'folder' | 'unreachable' | 'protocol';

/** What is wrong, and with which of the two. `detail` is a safe word ('ECONNREFUSED', 'SMTP 535'): nothing a server wrote. */
export interface MailboxFault {
  readonly server: 'smtp' | 'imap';
  readonly problem: MailboxProblem;
  readonly detail: string;
}

/** `cursor`: where the mailbox ends at this moment; what came before is nobody's business. */
export type MailboxCheck = { readonly ok: true; readonly cursor: ReceiverCursor | null } | { readonly ok: false; readonly fault: MailboxFault };

/** What may be known of a mail before it is fetched. */
export interface MailboxHead {
  /** Normalised where it can be. */
  readonly from: string;
  /** Our own message id, when it is a direct answer to a message of ours. */
  readonly answers?: string;
}

/** What the worker lends for reading one mailbox. */
export interface MailboxReading {
  readonly cursor: { get(): Promise<ReceiverCursor | undefined>; set(value: ReceiverCursor): Promise<void> };
  /** What arrived before is never read, whatever becomes of the cursor. */
  readonly since: Date;
  /**
   * Whether it is any of the team's business. Nothing else of a mail may be fetched before, but for a server's report: of that
   * only the status is handed on, when it is about a message of ours.
   */
  wants(head: MailboxHead): Promise<boolean>;
  /** Keeps what belongs to a thread. Only when it has resolved may the cursor move on; rejects when it could not be kept. */
  take(events: readonly InboundEvent[]): Promise<void>;
  /** It is connected, and has read all there was. */
  up(): Promise<void>;
  /** Aborted when somebody else takes over, or nobody shall read it any more. */
  readonly signal: AbortSignal;
}

/** Mailboxes of the members themselves, beside the channel's one sender. Never throws but where told; no secret in any answer. */
export interface Mailboxes {
  /** Messages per second out of one mailbox, over all processes. */
  readonly ratePerSecond: number;
  /** Signs in to its servers and sends nothing. Ends by itself. */
  check(mailbox: Mailbox): Promise<MailboxCheck>;
  /** As the channel's own `send`, by this mailbox; `account` on a `not_sent` when it is the mailbox that is at fault. */
  send(mailbox: Mailbox, message: OutboundMessage, context: SendContext): Promise<SendOutcome>;
  /**
   * Reads what is new until `signal`; in one process at a time.
   * @returns the fault that waiting does not mend, undefined after `signal`
   * @throws whatever broke the line: it is called again after a while
   */
  read(mailbox: Pick<Mailbox, 'address' | 'imap'>, reading: MailboxReading): Promise<MailboxFault | undefined>;
}
