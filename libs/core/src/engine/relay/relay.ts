import type { Logger } from '@sevenfold/platform/logging';
import { rawInstant } from '../../db/raw-instant.js';
import type { SystemDatabase } from '../../system/system-database.js';
import { backoff } from '../backoff.js';
import { errorLabel } from '../error-label.js';
import { outboxChannel } from '../outbox.js';
import { Alarm } from './alarm.js';
import { claimItems, markDone, putBack, type RelayItem } from './claim.js';
import { Listener } from './listener.js';

export interface RelayParts {
  system: SystemDatabase;
  /** Connection of the role system, for the one dedicated LISTEN connection. */
  listenUrl: string;
  /** Brings one item to the engine; may be called again with the same item. */
  deliver: (item: RelayItem) => Promise<void>;
  /** A delivery that takes longer counts as failed, in ms; 15,000 unless told. */
  deliverMs?: number;
  logger: Logger;
  /** Items locked at once; 20 unless told. They are delivered side by side. */
  batchSize?: number;
  /** Pause between two looks when nothing rings, in ms; 1,000 unless told. */
  pollMs?: number;
  /** First and longest wait after a failed delivery, in ms. */
  retry?: { firstMs: number; longestMs: number };
}

export interface RelayHealth {
  /** The queue was looked at lately: false means items lie there whatever the process says. */
  ok: boolean;
  /** Whether wake-ups are heard; without them the poll still finds everything. */
  listening: boolean;
  /** Since the last look that worked, in ms; null before the first. */
  sinceLastDrainMs: number | null;
}

/**
 * Delivers the outbox, at least once and in no order. An item is done only after its delivery: the lock is held
 * until then, so that a killed process frees its items at once and no second relay takes them meanwhile.
 */
export class Relay {
  private readonly alarm = new Alarm();
  private readonly listener: Listener;
  private loop: Promise<void> | undefined;
  private stopping = false;
  private lastDrain: number | undefined;

  constructor(private readonly parts: RelayParts) {
    this.listener = new Listener(parts.listenUrl, outboxChannel, () => this.alarm.ring(), parts.logger);
  }

  start(): void {
    if (this.loop) return;
    this.stopping = false;
    this.listener.start();
    this.loop = this.run();
  }

  /** Finishes the items in hand, then ends. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.alarm.ring();
    await this.listener.stop();
    await this.loop;
    this.loop = undefined;
  }

  /** Delivers whatever is due, batch by batch, until nothing is. */
  async drainOnce(): Promise<{ delivered: number; failed: number }> {
    const total = { delivered: 0, failed: 0 };
    for (;;) {
      const batch = await this.drainBatch();
      total.delivered += batch.delivered;
      total.failed += batch.failed;
      if (batch.claimed === 0 || this.stopping) return total;
    }
  }

  health(): RelayHealth {
    const since = this.lastDrain === undefined ? null : Math.round(performance.now() - this.lastDrain);
    return { ok: since !== null && since < 30_000, listening: this.listener.connected, sinceLastDrainMs: since };
  }

  /** How many items wait, and for how long the oldest, in ms: the number to alert on. */
  async lag(): Promise<{ waiting: number; oldestMs: number }> {
    return this.parts.system.transaction(async (em, now) => {
      const [row] = await em.execute<{ waiting: number; oldest: string | null }[]>(
        'select count(*)::int as waiting, min(created_at) as oldest from outbox_item where done_at is null',
      );
      const oldest = row?.oldest ? now.getTime() - rawInstant(row.oldest).getTime() : 0;
      return { waiting: row?.waiting ?? 0, oldestMs: Math.max(0, oldest) };
    });
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.stopping) {
      try {
        await this.drainOnce();
        failures = 0;
      } catch (error) {
        failures += 1;
        this.parts.logger.error({ code: errorLabel(error) }, 'the outbox could not be read');
      }
      const pollMs = this.parts.pollMs ?? 1_000;
      if (!this.stopping) await this.alarm.wait(failures === 0 ? pollMs : backoff(failures, pollMs, 10_000));
    }
  }

  private async drainBatch(): Promise<{ claimed: number; delivered: number; failed: number }> {
    const result = await this.parts.system.transaction(async (em, now) => {
      const items = await claimItems(em, now, this.parts.batchSize ?? 20);
      const outcomes = await Promise.all(items.map((item) => this.tryToDeliver(item)));
      const failed = outcomes.filter((each) => each.error !== undefined);
      await markDone(em, now, outcomes.filter((each) => each.error === undefined).map((each) => each.item.id));
      for (const { item, error } of failed) {
        await putBack(em, item.id, this.retryAt(item, now), error ?? 'unknown');
      }
      return { claimed: items.length, delivered: items.length - failed.length, failed: failed.length };
    });
    this.lastDrain = performance.now();
    return result;
  }

  private async tryToDeliver(item: RelayItem): Promise<{ item: RelayItem; error?: string }> {
    try {
      await within(this.parts.deliverMs ?? 15_000, this.parts.deliver(item));
      return { item };
    } catch (error) {
      const code = errorLabel(error);
      this.parts.logger.warn({ item: item.id, kind: item.kind, attempts: item.attempts + 1, code }, 'delivery failed');
      return { item, error: code };
    }
  }

  private retryAt(item: RelayItem, now: Date): Date {
    const { firstMs, longestMs } = this.parts.retry ?? { firstMs: 1_000, longestMs: 30_000 };
    return new Date(now.getTime() + backoff(item.attempts + 1, firstMs, longestMs));
  }
}

/** One that hangs must not hold its batch's locks for ever. It may still arrive: repeats are harmless. */
async function within(ms: number, delivery: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('no answer in time'), { code: 'timeout' })), ms);
  });
  try {
    await Promise.race([delivery, late]);
  } finally {
    clearTimeout(timer);
  }
}
