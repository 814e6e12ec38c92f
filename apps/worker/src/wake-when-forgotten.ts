import { setTimeout as sleep } from 'node:timers/promises';
import { wakeEverything } from '@sevenfold/core/engine';
import type { SystemDatabase } from '@sevenfold/core/system';
import type { Logger } from '@sevenfold/platform/logging';

export interface WakeParts {
  system: SystemDatabase;
  /** Whether the engine has the one workflow that every installation has. */
  isKnown: () => Promise<boolean>;
  logger: Logger;
  /** Pause while engine or database are away, in ms; 5,000 unless told. */
  retryMs?: number;
}

/**
 * Looks once after the start whether the engine knows this installation: beside an empty one (the database was restored, the engine
 * was not) every row that waits is brought to it. Ordinarily that costs one question.
 */
export class WakeWhenForgotten {
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(private readonly parts: WakeParts) {}

  start(): void {
    this.loop ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { system, isKnown, logger, retryMs = 5_000 } = this.parts;
    while (!this.stopping.signal.aborted) {
      try {
        if (await isKnown()) return;
        const items = await wakeEverything(system);
        logger.info({ items }, 'the engine did not know us; every row that waits was brought to it');
        return;
      } catch (error) {
        logger.debug({ err: error }, 'not known yet whether the engine knows us');
        await sleep(retryMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }
}
