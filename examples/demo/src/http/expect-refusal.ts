import { Refused, type Problem } from './refused.ts';

/** What came of something that may be refused. */
export type Attempt<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** Waits for an answer or a refusal; anything else (a broken line, a bug) is thrown on. */
export async function attempt<T>(asked: Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await asked };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, problem: error.problem };
    throw error;
  }
}
