/** Shorter than a health check may take (2 s), so that the reason is this one and not merely that time ran out. */
const patienceMs = 1_500;

/**
 * Whether the engine answers at all; for readiness.
 * @param ask any small question to the server; told how long it may take, in ms. It is not waited for longer, since a client that
 *   tries again by itself may go on after its deadline.
 * @throws Error when there was no answer in time, or a wrong one
 */
export async function engineAnswers(ask: (patienceMs: number) => Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing within ${patienceMs} ms`)), patienceMs);
  });
  try {
    await Promise.race([ask(patienceMs), late]);
  } catch (error) {
    throw new Error('the engine does not answer', { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
