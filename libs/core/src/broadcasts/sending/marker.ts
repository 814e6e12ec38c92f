import type { Ended } from '../../inbox/sending/mark.js';

export interface MarkerOptions {
  /** Writes the marks of a group in one transaction. */
  write: (group: readonly Ended[]) => Promise<void>;
  /** Marks at most this many together; 1 where a repeat costs money. */
  groupSize: number;
  /** Marks after this long at the latest, in ms. */
  groupMs: number;
}

interface Waiting {
  ended: Ended;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Collects ended attempts for a moment and marks them together. One that cannot be marked takes no other with it. */
export class Marker {
  private waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: MarkerOptions) {}

  /** Resolves when the mark is in the database. */
  add(ended: Ended): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ended, resolve, reject });
      if (this.waiting.length >= this.options.groupSize) this.flush();
      else this.timer ??= setTimeout(() => this.flush(), this.options.groupMs);
    });
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const group = this.waiting.splice(0);
    if (group.length > 0) void this.mark(group);
  }

  private async mark(group: Waiting[]): Promise<void> {
    try {
      await this.options.write(group.map(({ ended }) => ended));
      for (const { resolve } of group) resolve();
    } catch (error) {
      const [only] = group;
      if (only && group.length === 1) only.reject(error);
      else await Promise.all(group.map((each) => this.mark([each])));
    }
  }
}
