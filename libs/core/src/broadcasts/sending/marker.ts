import type { Marked } from '../../inbox/sending/apply-marks.js';
import type { Ended } from '../../inbox/sending/mark.js';
import { Turns } from './turns.js';

export interface MarkerOptions {
  /** Writes the marks of a group in one transaction, and tells what became of each. */
  write: (group: readonly Ended[]) => Promise<Marked[]>;
  /** Marks at most this many together; 1 where a repeat costs money. */
  groupSize: number;
  /** Marks after this long at the latest, in ms. */
  groupMs: number;
}

interface Waiting {
  ended: Ended;
  resolve: (marked: Marked | undefined) => void;
  reject: (error: unknown) => void;
}

/** Collects ended attempts for a moment and marks them together. One that cannot be marked takes no other with it. */
export class Marker {
  /** Batches that share the marks of a channel claim in turn: what becomes free while one claims, the next claims together. */
  readonly turns = new Turns();
  private waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: MarkerOptions) {}

  /** Resolves when the mark is in the database; with nothing for a message that was erased meanwhile. */
  add(ended: Ended): Promise<Marked | undefined> {
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
      const marked = new Map((await this.options.write(group.map(({ ended }) => ended))).map((each) => [each.messageId, each]));
      for (const { ended, resolve } of group) resolve(marked.get(ended.attempt.messageId));
    } catch (error) {
      const [only] = group;
      if (only && group.length === 1) only.reject(error);
      else await Promise.all(group.map((each) => this.mark([each])));
    }
  }
}

/** Markers that are in use in this process, and by how many batches. */
const shared = new Map<string, { marker: Marker; users: number }>();

/**
 * Lends one marker to all batches of a broadcast on one channel in this process: what four of them would collect each for itself would
 * wait four times as long, and hold the room of what could be on its way.
 */
export async function withMarker<T>(key: string, options: MarkerOptions, work: (marker: Marker) => Promise<T>): Promise<T> {
  const lent = shared.get(key) ?? { marker: new Marker(options), users: 0 };
  shared.set(key, lent);
  lent.users += 1;
  try {
    return await work(lent.marker);
  } finally {
    lent.users -= 1;
    if (lent.users === 0) shared.delete(key);
  }
}
