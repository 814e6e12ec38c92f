/**
 * A check that costs somebody something: while one runs whoever asks waits for the same, and a good answer is good for a while. A bad one
 * is asked again at once.
 * @param goodForMs how long a good answer is given without asking again
 */
export function sharedCheck(check: () => Promise<unknown>, goodForMs = 0): () => Promise<void> {
  let answeredAt = -Infinity;
  let running: Promise<void> | undefined;
  const ask = async (): Promise<void> => {
    try {
      await check();
      answeredAt = performance.now();
    } finally {
      running = undefined;
    }
  };
  return async () => {
    if (!running && performance.now() - answeredAt < goodForMs) return;
    running ??= ask();
    await running;
  };
}
