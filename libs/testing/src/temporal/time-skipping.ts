import { TestWorkflowEnvironment } from '@temporalio/testing';
import { testServer } from './tools.js';
import type { AsyncResource } from '../util/async-resource.js';

export interface TimeSkipping extends AsyncResource {
  /** Client, native connection for workers, and everything else the SDK offers. */
  env: TestWorkflowEnvironment;
  /** Time as this server knows it. */
  now(): Promise<Date>;
  /** Lets the server's time pass until this instant, firing every timer on the way; does nothing if it has passed. */
  skipTo(instant: Date): Promise<void>;
}

/**
 * Starts a Temporal test server whose clock jumps. It has one clock for everything, so use one per scenario.
 * Starting takes about a second. The clock begins at the real time and only goes forward.
 */
export async function createTimeSkippingEnv(): Promise<TimeSkipping> {
  const path = await testServer();
  const env = await launch(path);
  const now = async () => new Date(await env.currentTimeMs());
  const skipTo = async (instant: Date) => {
    const ahead = instant.getTime() - (await env.currentTimeMs());
    if (ahead > 0) await env.sleep(ahead);
  };
  return { env, now, skipTo, [Symbol.asyncDispose]: () => env.teardown() };
}

/** The SDK gives the server 5 seconds, which a busy machine may need for the Java machine alone: then once more. */
async function launch(path: string): Promise<TestWorkflowEnvironment> {
  for (let left = 4; ; left -= 1) {
    try {
      return await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
    } catch (error) {
      if (left === 0 || !(error instanceof Error) || !error.message.includes('did not start')) throw error;
    }
  }
}
