/** A story to publish on the workspace's own account. */
export interface StoryRequest {
  /** A publicly reachable image. Platforms that fetch the image themselves need it. */
  readonly imageUrl?: string;
  /** The image itself, for platforms that take uploads. */
  readonly image?: { readonly bytes: Uint8Array; readonly contentType: string };
  readonly caption?: string;
  /** The platform's id of the account that publishes. */
  readonly accountId: string;
  /** That account's token. When absent the plugin's configured one, if and only if it is configured for this very account. */
  readonly accessToken?: string;
  /** The same for every attempt at one story. */
  readonly idempotencyKey: string;
}

/** The circumstances of one attempt at a story. */
export interface StoryContext {
  readonly signal: AbortSignal;
  /**
   * Called right before the irreversible step with what `findStory` needs later. The step waits for it, so the
   * evidence is stored before anything is visible; if it throws, the story is `not_sent`.
   */
  remember?(evidence: Record<string, string>): Promise<void>;
}

/** What is known of an attempt whose end is not. */
export interface StoryEvidence {
  readonly accountId: string;
  readonly accessToken?: string;
  readonly idempotencyKey: string;
  /** When the attempt began, on the machine's clock (the platform's stamps are real time). */
  readonly startedAt: Date;
  /** What `remember` or the unknown outcome gave. */
  readonly evidence?: Record<string, string>;
}

/**
 * `published`: do not post again (`certain: false` means a story of that account and time was found, which may be another one).
 * `absent`: certainly not published, posting is safe. `unsure`: the platform could not be asked; ask again later.
 */
export type FoundStory =
  | { readonly state: 'published'; readonly providerId: string; readonly certain: boolean }
  | { readonly state: 'absent' }
  | { readonly state: 'unsure'; readonly reason: string };
