import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from '../../engine/backoff.js';

/** SQLSTATE of a table that was in use for too long, and of two who waited for each other. */
const inUse = new Set(['55P03', '40P01']);

/**
 * Tries what needs a table for itself until it gets it. In between everybody who was held up goes on.
 * @param patienceMs gives up after this long, with the last error
 */
export async function untilFree(work: () => Promise<unknown>, patienceMs: number): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isInUse(error) || performance.now() > giveUpAt) throw error;
      await sleep(backoff(attempt, 100, 2_000));
    }
  }
}

function isInUse(error: unknown): boolean {
  for (let seen = error, depth = 0; depth < 4 && seen instanceof Error; depth += 1) {
    if ('code' in seen && inUse.has(String(seen.code))) return true;
    seen = 'previous' in seen ? seen.previous : seen.cause;
  }
  return false;
}
