import { attempt } from '../http/expect-refusal.ts';
import type { Problem } from '../http/refused.ts';
import type { Voice } from './voice.ts';

/** Looks whether what had to happen happened. The story goes on either way; the exit code tells. */
export class Checks {
  readonly failed: string[] = [];
  #held = 0;
  readonly #voice: Voice;

  constructor(voice: Voice) {
    this.#voice = voice;
  }

  get held(): number {
    return this.#held;
  }

  that(held: boolean, text: string, found?: unknown): boolean {
    const told = held || found === undefined ? text : `${text} – found ${JSON.stringify(found)}`;
    this.#voice.checked(held, told);
    if (held) this.#held++;
    else this.failed.push(told);
    return held;
  }

  /**
   * The request must be refused with this code.
   * @param tell what to say about the refusal; its detail unless told
   */
  async refused(asked: Promise<unknown>, code: string, tell?: (problem: Problem) => string): Promise<Problem | undefined> {
    const answer = await attempt(asked);
    if (answer.ok) {
      this.that(false, `refused with ${code}`, 'it was done');
      return undefined;
    }
    const { problem } = answer;
    const fits = problem.code === code;
    this.that(fits, fits ? `refused: ${code} – ${tell?.(problem) ?? problem.detail}` : `refused with ${code}`, fits ? undefined : problem);
    return problem;
  }
}
