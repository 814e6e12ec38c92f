import './quiet.js';
import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { type NativeConnection, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { createTimeSkippingEnv, type TimeSkipping } from '@sevenfold/testing/temporal';
import { bundleOf, currentWorkflows } from './bundle.js';

/** Workflows alone: an engine whose clock jumps, and activities that a test makes up. */
export interface Lab extends AsyncDisposable {
  client: Client;
  connection: NativeConnection;
  /** The engine's time, in ms since the epoch. */
  now(): Promise<number>;
  /** Lets time pass. */
  skip(ms: number): Promise<void>;
  /**
   * Starts a workflow of this type, has it carried out with these activities while `play` runs, and ends its worker. What
   * runs then is cancelled, so that nothing of it is left for the next test.
   */
  play(type: string, args: unknown[], activities: object, play: (workflow: WorkflowHandle) => Promise<void>): Promise<void>;
  /** How many runs a workflow had: one more with each continuation. */
  runsOf(workflow: WorkflowHandle): Promise<number>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function openLab(): Promise<Lab> {
  const stack = new AsyncDisposableStack();
  const bundle = await bundleOf(currentWorkflows);
  const time = stack.use(await createTimeSkippingEnv());
  const { client } = time.env;
  return {
    client,
    connection: time.env.nativeConnection,
    now: async () => (await time.now()).getTime(),
    skip: (ms) => time.env.sleep(ms),
    play: (type, args, activities, play) => playOne({ time, bundle, type, args, activities, play }),
    runsOf: (workflow) => countRuns(client, workflow),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** For good: no repetition mends it. */
export function refusal(): ApplicationFailure {
  return ApplicationFailure.create({ message: 'refused', nonRetryable: true });
}

interface Play {
  time: TimeSkipping;
  bundle: WorkflowBundleWithSourceMap;
  type: string;
  args: unknown[];
  activities: object;
  play: (workflow: WorkflowHandle) => Promise<void>;
}

async function playOne({ time: { env }, bundle, type, args, activities, play }: Play): Promise<void> {
  const taskQueue = randomUUID();
  const worker = await Worker.create({
    connection: env.nativeConnection, taskQueue, workflowBundle: bundle, activities, maxHeartbeatThrottleInterval: 100,
  });
  await worker.runUntil(async () => {
    const workflow = await env.client.workflow.start(type, { workflowId: randomUUID(), taskQueue, args });
    try {
      await play(workflow);
    } finally {
      await endQuietly(env.client.workflow.getHandle(workflow.workflowId));
    }
  });
}

/** By its own hand: a workflow terminated in the middle of a step would stop the clock of this server for good. */
async function endQuietly(workflow: WorkflowHandle): Promise<void> {
  const { status } = await workflow.describe();
  if (status.name !== 'RUNNING') return;
  await workflow.cancel();
  await expect(workflow.result()).rejects.toThrow('cancelled');
}

async function countRuns(client: Client, workflow: WorkflowHandle): Promise<number> {
  let runs = 0;
  let runId: string | null | undefined = (await workflow.describe()).runId;
  while (runId) {
    runs += 1;
    const { events } = await client.workflow.getHandle(workflow.workflowId, runId).fetchHistory();
    runId = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
  }
  return runs;
}
