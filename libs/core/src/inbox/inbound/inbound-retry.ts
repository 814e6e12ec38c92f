import { errorLabel } from '../../engine/error-label.js';
import { routePending, type ReceiveParts } from './receive-inbound.js';

/** Looks again, every now and then, at what came in and has found no owner: the API may have died in between. */
export class InboundRetry {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  /** @param everyMs pause between two looks, in real ms */
  constructor(
    private readonly parts: ReceiveParts,
    private readonly everyMs = 15_000,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => {
      this.running = this.running.then(() => this.look());
    }, this.everyMs);
  }

  /** Finishes the look in hand. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.running;
  }

  private async look(): Promise<void> {
    try {
      await routePending(this.parts);
    } catch (error) {
      this.parts.logger.warn({ code: errorLabel(error) }, 'inbound items could not be looked at');
    }
  }
}
