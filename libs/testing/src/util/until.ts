import { setTimeout as sleep } from 'node:timers/promises';

export interface UntilOptions {
  /** Give up after this many milliseconds; 10,000 unless told. */
  timeoutMs?: number;
  /** Pause between two tries in milliseconds; 25 unless told. */
  everyMs?: number;
  /** What is waited for, as it shall read in the error. */
  what: string;
}

type Truthy<T> = Exclude<T, false | null | undefined | 0 | ''>;

/**
 * Waits until `condition` gives something truthy and hands that back.
 * A condition that throws counts as "not yet"; its last error is the cause of the final one.
 * @throws Error "waited N ms for …" when the time is over.
 */
export async function until<T>(condition: () => T | Promise<T>, options: UntilOptions): Promise<Truthy<T>> {
  const { timeoutMs = 10_000, everyMs = 25, what } = options;
  const giveUpAt = performance.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      const value = await condition();
      if (value) return value as Truthy<T>;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await sleep(everyMs);
  } while (performance.now() < giveUpAt);
  throw new Error(`waited ${timeoutMs} ms for ${what}`, { cause });
}
