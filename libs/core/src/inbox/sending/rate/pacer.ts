import { SharedClock } from './shared-clock.js';
import { leadMs, shapeOf } from './grant.js';
import type { Reserve } from './reserve.js';

/** The right to hand over one message. */
export interface Ticket {
  /** The hand-over begins. */
  begin(): void;
  /** It has ended. */
  end(): void;
  /** It will not be used. */
  giveBack(): void;
  /** Not too late yet: what was granted long ago is void. */
  readonly good: boolean;
}

interface Slot {
  id: number;
  /** By this process's monotonic clock, ms. */
  at: number;
  until: number;
  left: number;
  busy: number;
  lastUse: number;
}

/**
 * A message may reach its provider at any moment of its hand-over, so it counts at the end of it: then no sliding second holds more there,
 * however unsteady it is. Only where not one hand-over has ever been quicker than this, the rest is left out: far away is not to mean slow.
 */
const mostUseMs = 100;
/** Before so many have been seen, nobody knows how quick it can be. */
const enough = 50;
const retryMs = 1_000;

/**
 * The pace of one sender (or of one broadcast) in this process: asks the shared budget for rights a little ahead of time,
 * hands them out when their instant has come, and tells the budget when they were really used.
 */
export class Pacer {
  private slots: Slot[] = [];
  private used: { id: number; at: number }[] = [];
  private unused: number[] = [];
  private asking = false;
  private askAgainAt = 0;
  private askedUrgently = false;
  /** How long the quickest hand-over took, ms, and how many there were. */
  private quickest = Infinity;
  private seen = 0;
  private readonly clock = new SharedClock();
  private readonly shape: ReturnType<typeof shapeOf>;
  /** Called whenever something may have become possible. */
  onChange: () => void = () => undefined;

  constructor(
    readonly key: string,
    readonly ratePerSecond: number,
    private readonly reserve: Reserve,
  ) {
    this.shape = shapeOf(ratePerSecond);
  }

  /** How many messages may be handed over at this moment. */
  available(): number {
    this.dropOld();
    const now = performance.now();
    return this.slots.reduce((sum, slot) => sum + (slot.at <= now ? slot.left : 0), 0);
  }

  /** Takes up to `count` of the {@link available}. */
  take(count: number): Ticket[] {
    const now = performance.now();
    const tickets: Ticket[] = [];
    for (const slot of this.slots) {
      while (slot.at <= now && slot.left > 0 && tickets.length < count) {
        slot.left -= 1;
        slot.busy += 1;
        tickets.push(this.ticket(slot));
      }
    }
    return tickets;
  }

  /** Somebody waits for `count` rights: asks for them unless they are at hand. @returns ms until it is worth looking again */
  want(count: number, urgent: boolean): number {
    this.dropOld();
    const now = performance.now();
    const supply = this.slots.reduce((sum, slot) => sum + slot.left, 0);
    const ahead = Math.max(1, (this.ratePerSecond * leadMs) / 2_000);
    // The first who cannot wait asks at once, and is known from then on.
    const mayAsk = now >= this.askAgainAt || (urgent && !this.askedUrgently);
    if (!this.asking && supply < Math.min(count, ahead) && mayAsk) {
      const wanted = Math.min(Math.max(count, ahead), Math.max(1, (this.ratePerSecond * leadMs) / 1_000)) - supply;
      void this.ask(Math.max(1, Math.ceil(wanted / this.shape.sends)), urgent);
    }
    const nextSlot = Math.min(...this.slots.filter(({ left }) => left > 0).map(({ at }) => at));
    const next = Math.min(nextSlot, this.asking ? Infinity : this.askAgainAt);
    return Math.min(retryMs, Math.max(1, next - now));
  }

  private async ask(want: number, urgent: boolean): Promise<void> {
    this.asking = true;
    this.askedUrgently = urgent;
    const used = this.used.splice(0);
    const unused = this.unused.splice(0);
    const before = performance.now();
    try {
      const answer = await this.reserve(this.key, {
        ratePerSecond: this.ratePerSecond, want, urgent, unused,
        busy: this.slots.filter(({ busy }) => busy > 0).map(({ id }) => id),
        used: used.map(({ id, at }) => ({ id, at: this.clock.latest(at) })),
      });
      this.clock.learn(before, answer.now, performance.now());
      this.slots.push(...answer.grants.map(({ id, at, until, sends }) => ({
        id, at: this.clock.surelyAt(at), until: this.clock.surelyBefore(until), left: sends, busy: 0, lastUse: -Infinity,
      })));
      this.askAgainAt = answer.grants.length < want ? this.clock.surelyAt(answer.retryAt) : 0;
    } catch {
      // The database is away; what was used is told later, or counts as used late.
      this.used.unshift(...used);
      this.unused.unshift(...unused);
      this.askAgainAt = performance.now() + retryMs;
    } finally {
      this.asking = false;
    }
    this.onChange();
  }

  private ticket(slot: Slot): Ticket {
    let begun: number | undefined;
    let open = true;
    const close = (): boolean => {
      if (!open) return false;
      open = false;
      slot.busy -= 1;
      return true;
    };
    return {
      get good() {
        return performance.now() < slot.until;
      },
      begin: () => {
        begun = performance.now();
      },
      end: () => {
        if (!close()) return;
        const now = performance.now();
        const began = begun ?? now;
        slot.lastUse = Math.max(slot.lastUse, now - (this.seen < enough ? 0 : Math.max(0, this.quickest - mostUseMs)));
        this.quickest = Math.min(this.quickest, now - began);
        this.seen += 1;
        this.settle(slot);
      },
      giveBack: () => {
        if (!close()) return;
        slot.left += 1;
        this.onChange();
      },
    };
  }

  private dropOld(): void {
    const now = performance.now();
    for (const slot of this.slots.filter(({ until, left }) => until <= now && left > 0)) {
      slot.left = 0;
      this.settle(slot);
    }
  }

  private settle(slot: Slot): void {
    if (slot.left > 0 || slot.busy > 0) return;
    this.slots = this.slots.filter((each) => each !== slot);
    if (slot.lastUse === -Infinity) this.unused.push(slot.id);
    else this.used.push({ id: slot.id, at: slot.lastUse });
    // Where the next right hangs on this one alone, others wait for the news.
    if (this.shape.slots <= 10 && !this.asking) void this.ask(0, false);
  }
}
