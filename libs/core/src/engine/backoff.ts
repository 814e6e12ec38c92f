/**
 * How long to wait before the next try, in ms: `firstMs`, then twice as long each time, never more than `longestMs`.
 * @param attempts failures so far, 1 or more
 */
export function backoff(attempts: number, firstMs: number, longestMs: number): number {
  return Math.min(firstMs * 2 ** Math.min(attempts - 1, 30), longestMs);
}
