import { setTimeout as sleep } from 'node:timers/promises';
import { EventStream } from '../../../src/live/index.js';
import type { TestApi } from '../../../src/product/index.js';
import { until } from '../../../src/util/index.js';

/** Somebody's page: one stream of events at a time, opened again where it broke, as browsers do. */
export class LiveReader {
  /** Everything it was told of, as `entity id`; an order to read everything again forgets what was told before. */
  readonly told = new Set<string>();
  breaks = 0;
  resyncs = 0;
  private stream: EventStream | undefined;
  private read = 0;
  private closed = false;
  private readonly loop: Promise<void>;

  private constructor(private readonly api: TestApi) {
    this.loop = this.run();
  }

  /** Reads the team's stream until `close`, from now on. */
  static async open(api: TestApi): Promise<LiveReader> {
    const reader = new LiveReader(api);
    await until(() => reader.stream?.has('ready') || reader.stream?.has('resync'), { what: 'the stream to begin', timeoutMs: 60_000 });
    return reader;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.stream?.close();
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.closed) {
      const lastEventId = this.stream?.lastId;
      const next = await EventStream.open(`${this.api.url}/v1/live`, { token: this.api.bearer, lastEventId }).catch(() => undefined);
      if (next?.status === 200) {
        next.lastId ??= lastEventId;
        this.stream = next;
        this.read = 0;
        await this.follow(next);
        this.breaks += 1;
      }
      if (!this.closed) await sleep(200);
    }
  }

  private async follow(stream: EventStream): Promise<void> {
    while (!stream.ended && !this.closed) {
      this.take(stream);
      await sleep(50);
    }
    this.take(stream);
  }

  private take({ events }: EventStream): void {
    for (const { event, data } of events.slice(this.read)) {
      if (event === 'resync') {
        this.resyncs += 1;
        this.told.clear();
      }
      if (event === 'hint') this.told.add(`${data.entity} ${data.id}`);
    }
    this.read = events.length;
  }
}
