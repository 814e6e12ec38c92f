import type { PluginHealth } from '../health.js';
import type { InboundEvent } from './inbound.js';

/** What a receiver remembers from one run to the next: a small JSON object (mail: UIDVALIDITY and UID). */
export type ReceiverCursor = Readonly<Record<string, string | number | boolean | null>>;

/** What the worker lends to a channel that fetches, or is called without HTTP. */
export interface ReceiverContext {
  /**
   * Persists events, each provider key once. Only when it has resolved may anything be acknowledged: an SMTP 250, a cursor
   * moved on. Rejects when they could not be kept; the sender shall then come again.
   */
  take(events: readonly InboundEvent[]): Promise<void>;
  /**
   * Runs `work` as the only one of all processes under this name, again and again until `stop`: in the others it waits.
   * Its signal is aborted when the lease is lost or the receiver shall stop. When `work` ends or throws it is run
   * again after a while.
   */
  lease(name: string, work: (signal: AbortSignal) => Promise<void>): ReceiverLease;
  /** Kept in the database under this name, for whoever has the lease next. */
  cursor(name: string): { get(): Promise<ReceiverCursor | undefined>; set(value: ReceiverCursor): Promise<void> };
  /** Aborted when the worker is about to end: take nothing new. What is in hand is finished in {@link Receiver.close}. */
  readonly signal: AbortSignal;
}

/** `owner`: this process works. `waiting`: another one does. `away`: the database does not answer. */
export interface ReceiverLease {
  readonly state: 'owner' | 'waiting' | 'away';
}

/** Something that listens. */
export interface Receiver {
  health(): Promise<PluginHealth>;
  /** Takes nothing new, finishes what is in hand, closes its doors. */
  close(): Promise<void>;
}
