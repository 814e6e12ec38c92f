import type { Attempt, ProviderAnswer, ProviderKit } from '../harness.js';

/** The provider's side as the kit sees it: every attempt in order, and a hand on its answers. */
export interface Desk extends ProviderKit {
  answer: ProviderAnswer;
  readonly attempts: Attempt[];
  /** Called with every attempt; the provider answers when it has resolved. */
  onAttempt: (attempt: Attempt) => Promise<void>;
  /** For `onAttempt`: no answer until the stage is taken down. */
  readonly silence: () => Promise<void>;
  /** Lets every provider that is held go. */
  release(): void;
}

/** A desk that lets the provider accept. */
export function createDesk(doorPort: number): Desk {
  const held = Promise.withResolvers<void>();
  const desk: Desk = {
    answer: { as: 'accept' },
    doorPort,
    attempts: [],
    onAttempt: async () => {},
    silence: () => held.promise,
    release: () => held.resolve(),
    attempt: async (attempt) => {
      desk.attempts.push(attempt);
      await desk.onAttempt(attempt);
    },
  };
  return desk;
}
