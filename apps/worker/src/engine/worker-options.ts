import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { WorkerOptions, WorkflowBundleOption } from '@temporalio/worker';
import { mainQueue } from '@sevenfold/workflows';
import type { Logger } from '@sevenfold/platform/logging';
import type { Activities } from '../activities/index.js';
import { FailureInterceptor } from './failure.js';
import { HeartbeatInterceptor } from './heartbeat.js';
import { ObserveInterceptor, type ActivityTimer } from './observe.js';
import { traceSinks } from './trace-sinks.js';

export interface WorkerParts {
  activities: Activities;
  logger: Logger;
  /** Built ahead; without one the worker bundles at start, which takes about a second. */
  bundle?: WorkflowBundleOption | undefined;
  time?: ActivityTimer;
}

/** A worker of the main queue: all workflows, all activities but Slack's. */
export function workerOptions({ activities, logger, bundle, time = () => undefined }: WorkerParts): Omit<WorkerOptions, 'connection' | 'namespace'> {
  return {
    taskQueue: mainQueue,
    ...(bundle ? { workflowBundle: bundle } : { workflowsPath: workflowsPath() }),
    activities,
    maxConcurrentActivityTaskExecutions: 40,
    // Heartbeats go out as they come: throttled to 0.8 of the timeout, a death is noticed later than it need be.
    maxHeartbeatThrottleInterval: '1 second',
    defaultHeartbeatThrottleInterval: '1 second',
    stickyQueueScheduleToStartTimeout: '2 seconds',
    shutdownGraceTime: '10 seconds',
    sinks: traceSinks,
    interceptors: {
      ...(bundle ? {} : { workflowModules: [interceptorsPath()] }),
      activity: [
        (context) => ({ inbound: new ObserveInterceptor(context, logger, time) }),
        (context) => ({ inbound: new FailureInterceptor(context, logger) }),
        (context) => ({ inbound: new HeartbeatInterceptor(context) }),
      ],
    },
  };
}

/** Where the workflows' entry lies; the bundler resolves `.js` to `.ts` by itself when run from source. */
export function workflowsPath(): string {
  return createRequire(import.meta.url).resolve('@sevenfold/workflows/workflows');
}

/** The module that carries traces through the workflows; part of the bundle whether anything is traced or not. */
export function interceptorsPath(): string {
  return createRequire(import.meta.url).resolve('@sevenfold/workflows/tracing');
}

/** The bundle that the build left beside the compiled worker, if it did. */
export function builtBundle(): WorkflowBundleOption | undefined {
  const file = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));
  return existsSync(file) ? { codePath: file } : undefined;
}
