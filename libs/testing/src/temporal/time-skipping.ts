import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { freePort, startChild, until } from '../util/index.js';
import { PatientEnvironment } from './patient-environment.js';
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
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const server = await startChild({ command: await testServer(), args: [String(port)] });
  const env = await until(() => PatientEnvironment.connect(address), {
    timeoutMs: 60_000, everyMs: 100, what: 'the Temporal test server',
  }).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  const now = async () => new Date(await env.currentTimeMs());
  const skipTo = async (instant: Date) => {
    const ahead = instant.getTime() - (await env.currentTimeMs());
    if (ahead > 0) await env.sleep(ahead);
  };
  const dispose = async () => {
    await env.teardown();
    await server.stop();
  };
  return { env, now, skipTo, [Symbol.asyncDispose]: dispose };
}
