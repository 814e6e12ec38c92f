import type { ChannelPlugin } from '@sevenfold/plugin-sdk';

/**
 * The connections of one channel in this process, and its pace. A delivery is claimed only by who is inside, so that a
 * crash leaves no more unknown than was really on its way. One sender's budget over all processes belongs in here too,
 * behind the same two doors.
 */
export class Gate {
  private free: number;
  private tokens: number;
  private filledAt = performance.now();
  private readonly waiting: (() => void)[] = [];

  constructor(
    readonly connections: number,
    private readonly ratePerSecond: number | undefined,
  ) {
    this.free = connections;
    this.tokens = ratePerSecond === undefined ? Infinity : Math.max(1, ratePerSecond);
  }

  /** Goes in if there is room and the pace allows. Whoever is in must `leave`. */
  tryEnter(): boolean {
    return this.take(1) === 1;
  }

  /** Waits for room and goes in with up to `most`; 0 when `signal` was aborted first. */
  async enter(most: number, signal?: AbortSignal): Promise<number> {
    while (!signal?.aborted) {
      const taken = this.take(most);
      if (taken > 0) return taken;
      await this.change(signal);
    }
    return 0;
  }

  leave(count: number): void {
    this.free += count;
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** Gives back what was entered for nothing, pace included. */
  giveBack(count: number): void {
    this.tokens += count;
    this.leave(count);
  }

  private take(most: number): number {
    this.refill();
    const count = Math.min(most, this.free, Math.floor(this.tokens));
    if (count <= 0) return 0;
    this.free -= count;
    this.tokens -= count;
    return count;
  }

  private refill(): void {
    const now = performance.now();
    if (this.ratePerSecond !== undefined) {
      const burst = Math.max(1, this.ratePerSecond);
      this.tokens = Math.min(burst, this.tokens + ((now - this.filledAt) / 1_000) * this.ratePerSecond);
    }
    this.filledAt = now;
  }

  /** Until somebody leaves, a token is due, or the signal aborts. */
  private change(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const missing = this.ratePerSecond === undefined ? 0 : Math.max(0, 1 - this.tokens) / this.ratePerSecond;
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, missing > 0 ? Math.ceil(missing * 1_000) : 1_000);
      signal?.addEventListener('abort', done, { once: true });
      this.waiting.push(done);
    });
  }
}

const gates = new WeakMap<ChannelPlugin, Gate>();

/** The gate of a plugin: one per process, because the plugin's connections are. */
export function gateOf(plugin: ChannelPlugin): Gate {
  const gate = gates.get(plugin) ?? new Gate(plugin.traits.connections, plugin.traits.ratePerSecond);
  gates.set(plugin, gate);
  return gate;
}
