/**
 * The database's clock as this process can know it: each question was answered at some moment between being asked and
 * being answered, which bounds the difference of the two clocks from both sides.
 */
export class SharedClock {
  /** The database's clock minus our monotonic one is at least `low` and at most `high`. */
  private low = -Infinity;
  private high = Infinity;
  private learnedAt = -Infinity;

  /** Asked at `before`, answered at `after` (ours) with the database's `now`. */
  learn(before: number, now: number, after: number): void {
    const [low, high] = [now - after, now - before];
    const tight = this.high - this.low < high - low && after - this.learnedAt < 10_000;
    // Clocks drift and are set: what is old, or contradicts what is new, is forgotten.
    if (tight && low <= this.high && high >= this.low) {
      this.low = Math.max(this.low, low);
      this.high = Math.min(this.high, high);
      return;
    }
    this.low = low;
    this.high = high;
    this.learnedAt = after;
  }

  /** Our instant at which the database's clock surely shows `ms`. */
  surelyAt(ms: number): number {
    return ms - this.low;
  }

  /** Our instant at which it surely does not show more than `ms` yet. */
  surelyBefore(ms: number): number {
    return ms - this.high;
  }

  /** The latest the database's clock can have shown at our instant. */
  latest(at: number): number {
    return at + this.high;
  }
}
