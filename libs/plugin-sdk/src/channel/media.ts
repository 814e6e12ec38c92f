/** A file that the provider keeps, as an inbound event named it. */
export interface AttachmentRef {
  readonly url: string;
  readonly contentType: string;
}

/** The circumstances of one fetch. */
export interface FetchContext {
  readonly signal: AbortSignal;
  /** A larger file is refused; reading stops there. */
  readonly maxBytes: number;
}

/** What became of a fetch. `reason` ends up in logs and on the message: no address, no credential, no URL. */
export type FetchedAttachment =
  | { readonly outcome: 'fetched'; readonly contentType: string; readonly content: Uint8Array; readonly filename?: string }
  /** For good: gone, too large, a place that is not the provider's. */
  | { readonly outcome: 'refused'; readonly reason: string }
  /** The provider is away: it is asked again. */
  | { readonly outcome: 'not_now'; readonly reason: string; readonly retryAfterMs?: number };
