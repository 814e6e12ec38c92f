import { setTimeout as sleep } from 'node:timers/promises';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { sharedCheck } from '@sevenfold/platform/health';
import type { Logger } from '@sevenfold/platform/logging';
import { engineAnswers } from '../engine-answers.js';

export interface ResidentWorkerParts {
  address: string;
  namespace: string;
  /** Everything but connection and namespace. */
  options: Omit<WorkerOptions, 'connection' | 'namespace'>;
  logger: Logger;
}

/**
 * A Temporal worker that lives as long as its process: it comes up when the engine does, and again when the engine went
 * away. Health says whether the queue is being polled now, not whether it once was.
 */
export class ResidentWorker {
  private worker: Worker | undefined;
  private connection: NativeConnection | undefined;
  private loop: Promise<void> | undefined;
  private stopping = false;
  private readonly allowed = Promise.withResolvers<void>();
  private readonly answers = sharedCheck(() => this.ask());
  private problem = 'the engine was not reached yet';

  constructor(private readonly parts: ResidentWorkerParts) {}

  /** Connects and loads the workflows, which takes a while, but takes no work before {@link start}. */
  prepare(): void {
    this.loop ??= this.run();
  }

  /** Polls the queue from now on. */
  start(): void {
    this.allowed.resolve();
    this.prepare();
  }

  /** @throws Error with the reason while the queue is not being polled: a worker that runs may poll an engine that is gone */
  async check(): Promise<void> {
    if (this.worker?.getState() !== 'RUNNING') throw new Error(this.problem);
    await this.answers();
  }

  /** Finishes what is in hand, then ends. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.allowed.resolve();
    if (this.worker?.getState() === 'RUNNING') this.worker.shutdown();
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.runOnce();
      } catch (error) {
        this.problem = error instanceof Error ? error.message : 'the engine failed';
        this.parts.logger.warn({ err: error }, 'the engine is away, trying again');
      }
      if (!this.stopping) await sleep(1_000);
    }
  }

  private async ask(): Promise<void> {
    if (!this.connection) throw new Error(this.problem);
    const { connection, parts: { namespace } } = this;
    await engineAnswers((patienceMs) => connection.withDeadline(
      new Date(performance.timeOrigin + performance.now() + patienceMs),
      () => connection.workflowService.describeNamespace({ namespace }),
    ));
  }

  private async runOnce(): Promise<void> {
    const { address, namespace, options } = this.parts;
    const connection = await NativeConnection.connect({ address });
    this.connection = connection;
    let worker: Worker | undefined;
    try {
      worker = await Worker.create({ ...options, connection, namespace });
      this.problem = 'the queue is not polled before the rest of the process is ready';
      await this.allowed.promise;
      if (this.stopping) return;
      this.worker = worker;
      await worker.run();
    } finally {
      this.worker = undefined;
      this.connection = undefined;
      // One that never ran holds on to its connection: nothing to drain, it goes with its process.
      if (worker?.getState() !== 'INITIALIZED') await connection.close();
    }
  }
}
