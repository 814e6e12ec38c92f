import type { Logger } from '@sevenfold/platform/logging';
import pg from 'pg';
import { backoff } from '../backoff.js';
import { errorLabel } from '../error-label.js';

/**
 * One connection of its own that hears a channel's notifications and comes back by itself when it breaks. What was
 * said while it was away is lost, so `onWake` is also called after every connect.
 */
export class Listener {
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private failures = 0;
  private stopped = true;

  constructor(
    private readonly url: string,
    private readonly channel: string,
    private readonly onWake: () => void,
    private readonly logger: Logger,
  ) {}

  get connected(): boolean {
    return this.client !== undefined;
  }

  start(): void {
    this.stopped = false;
    void this.connect();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    const client = this.client;
    this.client = undefined;
    await client?.end();
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url, keepAlive: true, application_name: 'sevenfold-listen' });
    let over = false;
    const lost = (error?: unknown): void => {
      if (over) return;
      over = true;
      this.lost(client, error);
    };
    client.on('error', lost);
    client.on('end', () => lost());
    client.on('notification', () => this.onWake());
    try {
      await client.connect();
      await client.query(`listen ${pg.escapeIdentifier(this.channel)}`);
    } catch (error) {
      lost(error);
      return;
    }
    if (this.stopped) return client.end();
    this.client = client;
    this.failures = 0;
    this.onWake();
  }

  private lost(client: pg.Client, error: unknown): void {
    if (this.client === client) this.client = undefined;
    if (this.stopped) return;
    this.failures += 1;
    this.logger.warn({ code: errorLabel(error), channel: this.channel }, 'listening connection lost, connecting again');
    client.end().catch(() => this.logger.debug({ channel: this.channel }, 'the lost connection was closed already'));
    this.timer = setTimeout(() => void this.connect(), backoff(this.failures, 250, 10_000));
  }
}
