/**
 * What the rest of the product must know of a channel. Nobody outside a plugin compares channel ids:
 * whoever wants to treat a channel differently reads (or adds) a trait.
 */
export interface ChannelTraits {
  /** May carry a newsletter. */
  readonly newsletter: boolean;
  /** Shows HTML and a subject. */
  readonly rich: boolean;
  /** A repeated message costs money: every delivery is marked by itself, right after its call. */
  readonly repeatCostsMoney: boolean;
  /** The same message handed over twice reaches the reader once, so an attempt with an unknown end may simply be repeated. */
  readonly repeatHarmless?: boolean;
  /** How many sends may run at once in one process; also what one crash may leave unknown. */
  readonly connections: number;
  /** The variant of a message template this channel carries; `rich` channels get `text` as well. */
  readonly bodyTemplate: 'html' | 'text' | 'short';
  /** Usable only for creators signed in to the app. */
  readonly needsAppSession: boolean;
  /** Rings or buzzes where its reader is, so it waits for the day. */
  readonly disturbs?: boolean;
  /** Takes over what lay unread in the app for too long. */
  readonly takesUnread?: boolean;
  /** Messages per second the provider allows for this sender, across all processes; absent: no limit. */
  readonly ratePerSecond?: number;
  /** Takes files along (`OutboundMessage.attachments`); without it they are left out and shown in the creator's thread only. */
  readonly attachments?: boolean;
  /** Where answers to it come in; each thread gets an address of its own made from this one. Absent: answers go to `sender`. */
  readonly replyAddress?: ReplyAddressTrait;
}

/** `plus`: name+KEY@domain of this mailbox. `domain`: KEY@domain, all of the domain being ours. */
export interface ReplyAddressTrait {
  /** name@domain; of a `domain` only the part behind the @ counts. */
  readonly mailbox: string;
  readonly style: 'plus' | 'domain';
}
