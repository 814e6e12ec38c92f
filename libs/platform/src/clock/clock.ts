/** Where business code gets the time from. Asynchronous, because in tests the time may come from a server. */
export interface Clock {
  /** The present instant. */
  now(): Promise<Date>;
}
