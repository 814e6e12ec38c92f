import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker, type NativeConnection, type WorkflowBundleOption } from '@temporalio/worker';
import { mainQueue } from '@sevenfold/workflows';
import type { Logger } from '@sevenfold/platform/logging';
import type { Activities } from '../activities/index.js';
import { FailureInterceptor } from './failure.js';
import { HeartbeatInterceptor } from './heartbeat.js';

export interface WorkerParts {
  connection: NativeConnection;
  namespace: string;
  activities: Activities;
  logger: Logger;
  /** Built ahead; without one the worker bundles at start, which takes about a second. */
  bundle?: WorkflowBundleOption;
  identity?: string;
}

/** A worker of the main queue: all workflows, all activities but Slack's. */
export function createWorker(parts: WorkerParts): Promise<Worker> {
  return Worker.create({
    connection: parts.connection,
    namespace: parts.namespace,
    taskQueue: mainQueue,
    ...(parts.bundle ? { workflowBundle: parts.bundle } : { workflowsPath: workflowsPath() }),
    activities: parts.activities,
    identity: parts.identity,
    maxConcurrentActivityTaskExecutions: 40,
    // Heartbeats go out as they come: throttled to 0.8 of the timeout, a death is noticed later than it need be.
    maxHeartbeatThrottleInterval: '1 second',
    defaultHeartbeatThrottleInterval: '1 second',
    stickyQueueScheduleToStartTimeout: '2 seconds',
    shutdownGraceTime: '10 seconds',
    interceptors: {
      activity: [
        (context) => ({ inbound: new FailureInterceptor(context, parts.logger) }),
        (context) => ({ inbound: new HeartbeatInterceptor(context) }),
      ],
    },
  });
}

/** Where the workflows' entry lies; the bundler resolves `.js` to `.ts` by itself when run from source. */
export function workflowsPath(): string {
  return createRequire(import.meta.url).resolve('@sevenfold/workflows/workflows');
}

/** The bundle that the build left beside this package, if it did. */
export function builtBundle(file: URL): WorkflowBundleOption | undefined {
  return existsSync(file) ? { codePath: file.pathname } : undefined;
}
