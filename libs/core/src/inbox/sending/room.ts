/**
 * How many messages of broadcasts may be claimed and not marked in this process and channel, all batches together: what one
 * crash can leave unknown. First come, first served.
 */
export class Room {
  private waiting: { most: number; resolve: (count: number) => void }[] = [];

  constructor(private free: number) {}

  /** Waits for room and takes up to `most`; 0 when `signal` was aborted first. */
  enter(most: number, signal?: AbortSignal): Promise<number> {
    if (signal?.aborted) return Promise.resolve(0);
    if (this.free > 0 && this.waiting.length === 0) return Promise.resolve(this.take(most));
    return new Promise((resolve) => {
      const giveUp = (): void => {
        this.waiting = this.waiting.filter((each) => each !== own);
        resolve(0);
      };
      const own = {
        most,
        resolve: (count: number) => {
          signal?.removeEventListener('abort', giveUp);
          resolve(count);
        },
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      this.waiting.push(own);
    });
  }

  leave(count: number): void {
    this.free += count;
    while (this.free > 0 && this.waiting.length > 0) {
      const next = this.waiting.shift();
      next?.resolve(this.take(next.most));
    }
  }

  private take(most: number): number {
    const count = Math.min(most, this.free);
    this.free -= count;
    return count;
  }
}
