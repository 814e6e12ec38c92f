import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until the answer is good enough.
 * @returns the last answer, good or not: the caller's check tells which
 */
export async function eventually<T>(ask: () => Promise<T>, good: (answer: T) => boolean, timeoutMs = 20_000): Promise<T> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (good(answer) || Date.now() > until) return answer;
    await sleep(300);
  }
}
