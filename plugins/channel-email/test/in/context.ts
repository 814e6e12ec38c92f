import type { InboundEvent, ReceiverContext, ReceiverCursor } from '@sevenfold/plugin-sdk';

export interface FakeContext extends ReceiverContext {
  /** What is kept; each provider key once. */
  readonly kept: InboundEvent[];
  /** How often something was brought, repeats included. */
  readonly takes: { count: number };
  readonly cursors: Map<string, ReceiverCursor>;
  /** What keeping does; succeeds unless told. */
  keep: (events: readonly InboundEvent[]) => Promise<void>;
  stop(): void;
}

/** The worker's side of a receiver, in memory. Work runs again after a moment, as it would. */
export function fakeContext(cursors = new Map<string, ReceiverCursor>()): FakeContext {
  const stopping = new AbortController();
  const kept: InboundEvent[] = [];
  const takes = { count: 0 };
  const context: FakeContext = {
    kept, takes, cursors,
    signal: stopping.signal,
    keep: async () => {},
    stop: () => stopping.abort(),
    take: async (events) => {
      takes.count += 1;
      await context.keep(events);
      kept.push(...events.filter((event) => !kept.some((other) => other.providerKey === event.providerKey)));
    },
    lease: (_name, work) => {
      void (async () => {
        while (!stopping.signal.aborted) {
          await work(stopping.signal).catch(() => undefined);
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      })();
      return { state: 'owner' };
    },
    cursor: (name) => ({ get: async () => cursors.get(name), set: async (value) => void cursors.set(name, value) }),
  };
  return context;
}
