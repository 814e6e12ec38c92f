/**
 * `malformed`: not something that was sealed or wrapped here. `unknown_key`: wrapped by a key that is no longer in the ring.
 * `not_authentic`: changed, sealed by another key, or meant for another place.
 */
export type UnreadableCode = 'malformed' | 'unknown_key' | 'not_authentic';

/** A sealed text or a wrapped key could not be opened. Its message never holds a key or a text. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';

  constructor(
    readonly code: UnreadableCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
