/** A bounded number of jobs at once; the rest wait in order. */
export interface Slots {
  run<T>(job: () => Promise<T>): Promise<T>;
  /** Resolves when nothing runs or waits. */
  drained(): Promise<void>;
}

export function createSlots(limit: number): Slots {
  const waiting: (() => void)[] = [];
  let running = 0;
  const whenDrained: (() => void)[] = [];
  const release = (): void => {
    const next = waiting.shift();
    if (next !== undefined) return next();
    running -= 1;
    if (running === 0) for (const tell of whenDrained.splice(0)) tell();
  };
  return {
    run: async (job) => {
      // A released slot is handed on directly, so `running` counts it already.
      if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
      else running += 1;
      try {
        return await job();
      } finally {
        release();
      }
    },
    drained: () => (running === 0 ? Promise.resolve() : new Promise((resolve) => whenDrained.push(resolve))),
  };
}
