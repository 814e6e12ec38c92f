import type { ReceiverLease } from '@sevenfold/plugin-sdk';
import { Leases, type LeasesOptions } from './leases.js';

export interface LeaseOptions extends Omit<LeasesOptions, 'prefix' | 'work'> {
  /** One owner per name, over all processes. */
  name: string;
  /** Run while this process is the owner; again after a while when it ends or throws. */
  work: (signal: AbortSignal) => Promise<void>;
}

/** One name of which of all processes one is the owner, over a connection of its own. */
export class Lease implements ReceiverLease {
  private readonly leases: Leases;

  constructor({ name, work, ...options }: LeaseOptions) {
    this.leases = new Leases({ ...options, prefix: 'sevenfold:', work: (_name, signal) => work(signal) });
    this.leases.want(new Set([name]));
  }

  get state(): ReceiverLease['state'] {
    if (this.leases.owned.length > 0) return 'owner';
    return this.leases.asked ? 'waiting' : 'away';
  }

  /** Resolves when everything has ended. */
  get ended(): Promise<void> {
    return this.leases.ended;
  }
}
