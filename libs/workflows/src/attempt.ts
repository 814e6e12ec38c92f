import { ActivityFailure, isCancellation, log } from '@temporalio/workflow';

/** How long to leave alone what failed for good, or what changed nothing, in ms: a worker with the fix may be there then. */
export const putOffMs = 60_000;

/**
 * Runs an activity whose failure must not end the workflow around it. Outages never come here, they are retried inside;
 * this is for what no repetition mends: a rule that says no where none should.
 * @returns undefined when it failed for good
 */
export async function attempt<T>(what: string, activity: () => Promise<T>): Promise<T | undefined> {
  try {
    return await activity();
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    log.warn(`${what} failed for good and is put off`, { reason: error.cause?.message ?? error.message });
    return undefined;
  }
}
