import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelPlugin, PluginHealth, Receiver, ReceiverContext } from '@sevenfold/plugin-sdk';
import { backoff } from '../../engine/backoff.js';
import { errorLabel } from '../../engine/error-label.js';
import { Lease } from '../../leases/index.js';
import { takeInbound, type ReceiveParts } from '../inbound/receive-inbound.js';
import { cursorOf } from './cursor.js';

export interface ReceiversParts extends ReceiveParts {
  /** The database as the role `system`, for connections of its own: leases. */
  leaseUrl: string;
  /** Hears of every batch that was kept, for counting. */
  onTaken?: (channel: string, events: number) => void;
}

interface Open {
  plugin: ChannelPlugin;
  receiver: Receiver | null;
  leases: Lease[];
  /** Why it is not open yet. */
  problem: string | undefined;
}

/** Runs the doors of every channel that has some besides webhooks, and brings what comes in to its owner. */
export class Receivers {
  private readonly stopping = new AbortController();
  private readonly open: Open[] = [];
  private readonly opening: Promise<void>[] = [];
  private routing: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: ReceiversParts) {}

  start(): void {
    for (const plugin of this.parts.db.services.plugins.channels) {
      if (!plugin.listen) continue;
      const entry: Open = { plugin, receiver: null, leases: [], problem: 'not open yet' };
      this.open.push(entry);
      this.opening.push(this.listen(entry));
    }
  }

  /** Whether what shall be listened to is; by channel. */
  async health(): Promise<Record<string, PluginHealth>> {
    const each = this.open.map(async ({ plugin, receiver, problem }): Promise<[string, PluginHealth]> => {
      if (problem !== undefined) return [plugin.channel, { ok: false, detail: problem }];
      return [plugin.channel, receiver ? await receiver.health() : { ok: true, detail: 'nothing to listen to' }];
    });
    return Object.fromEntries(await Promise.all(each));
  }

  /** Takes nothing new, finishes what is in hand. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.opening);
    await Promise.all(this.open.map(async ({ receiver, leases }) => {
      await Promise.all(leases.map(({ ended }) => ended));
      await receiver?.close();
    }));
    await this.routing;
  }

  private async listen(entry: Open): Promise<void> {
    const { signal } = this.stopping;
    const { channel } = entry.plugin;
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        entry.receiver = (await entry.plugin.listen?.(this.contextOf(entry))) ?? null;
        entry.problem = undefined;
        return;
      } catch (error) {
        entry.problem = errorLabel(error);
        this.parts.logger.warn({ channel, code: entry.problem }, 'a door did not open, trying again');
        await sleep(backoff(failures, 1_000, 30_000), undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private contextOf({ plugin: { channel }, leases }: Open): ReceiverContext {
    const { system, leaseUrl, logger, onTaken } = this.parts;
    const { signal } = this.stopping;
    return {
      signal,
      take: async (events) => {
        const route = await takeInbound(this.parts, channel, events);
        onTaken?.(channel, events.length);
        // One after the other, and not before the sender has its answer: looked at again should we die now.
        this.routing = this.routing.then(route);
      },
      lease: (name, work) => {
        const lease = new Lease({ url: leaseUrl, name: `receiver:${channel}:${name}`, work, signal, logger });
        leases.push(lease);
        return lease;
      },
      cursor: (name) => cursorOf(system, channel, name),
    };
  }
}
