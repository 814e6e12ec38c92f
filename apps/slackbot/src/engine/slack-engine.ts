import { setTimeout as sleep } from 'node:timers/promises';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { Logger } from '@sevenfold/platform/logging';
import type { Announcer } from '../announce/announcer.js';
import { slackActivities } from './slack.activities.js';

/** Must be the queue the workflows name; the bot is no part of them and shares only this word. */
const slackQueue = 'slack';

/** Polls the queue `slack` for as long as the bot lives, also when the engine comes late or goes away for a while. */
export class SlackEngine {
  private worker: Worker | undefined;
  private stopping = false;
  private loop: Promise<void> | undefined;
  private problem = 'the engine was not reached yet';

  constructor(
    private readonly config: { temporalAddress: string; temporalNamespace: string },
    private readonly announcer: Announcer,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.loop = this.run();
  }

  /** @throws Error with the reason while the queue is not being polled */
  async check(): Promise<void> {
    if (this.worker?.getState() !== 'RUNNING') throw new Error(this.problem);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (this.worker?.getState() === 'RUNNING') this.worker.shutdown();
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.runOnce();
      } catch (error) {
        this.problem = error instanceof Error ? error.message : 'the engine failed';
        this.logger.warn({ err: error }, 'the engine is away, trying again');
      }
      if (!this.stopping) await sleep(1_000);
    }
  }

  private async runOnce(): Promise<void> {
    const connection = await NativeConnection.connect({ address: this.config.temporalAddress });
    try {
      this.worker = await Worker.create({
        connection,
        namespace: this.config.temporalNamespace,
        taskQueue: slackQueue,
        activities: slackActivities(this.announcer),
        // Slack takes about one message a second per channel.
        maxConcurrentActivityTaskExecutions: 2,
        shutdownGraceTime: '10 seconds',
      });
      await this.worker.run();
    } finally {
      this.worker = undefined;
      await connection.close();
    }
  }
}
