/** What is left of a caller's budget. */
export interface Budget {
  limit: number;
  remaining: number;
  /** Whole seconds until the budget is full again. */
  resetSeconds: number;
  allowed: boolean;
}

/**
 * A fixed budget per caller and minute, in the memory of this process: with n processes behind a balancer a caller may
 * do up to n times as much. It protects a process from one loud caller; it is no quota.
 */
export class RateLimiter {
  private windowStart = 0;
  private counts = new Map<string, number>();

  /** @param monotonicMs a clock that only goes forward; real time, because load is */
  constructor(
    private readonly perMinute: number,
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {}

  take(caller: string): Budget {
    const now = this.monotonicMs();
    if (now - this.windowStart >= 60_000) {
      this.windowStart = now;
      this.counts = new Map();
    }
    const used = (this.counts.get(caller) ?? 0) + 1;
    this.counts.set(caller, used);
    return {
      limit: this.perMinute,
      remaining: Math.max(0, this.perMinute - used),
      resetSeconds: Math.max(1, Math.ceil((this.windowStart + 60_000 - now) / 1_000)),
      allowed: used <= this.perMinute,
    };
  }
}
