import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@sevenfold/platform/logging';
import type { ReceiverLease } from '@sevenfold/plugin-sdk';
import pg from 'pg';
import { backoff } from '../../engine/backoff.js';
import { errorLabel } from '../../engine/error-label.js';

export interface LeaseOptions {
  /** The database as the role `system`; the lease lives as long as one connection of its own. */
  url: string;
  /** One owner per name, over all processes. */
  name: string;
  /** Run while this process is the owner; again after a while when it ends or throws. */
  work: (signal: AbortSignal) => Promise<void>;
  /** Ends it all. */
  signal: AbortSignal;
  logger: Logger;
  /** Pause between two attempts to become the owner, and between two looks at the connection, in ms. */
  everyMs?: number;
  /** Longest pause before failed work is run again, in ms. */
  longestPauseMs?: number;
}

/**
 * An advisory lock of Postgres, so that of all processes one works. It goes with its connection: who is killed or cut off
 * makes room at once, and is told to stop. What both do in the moment of handing over must be harmless twice.
 */
export class Lease implements ReceiverLease {
  state: ReceiverLease['state'] = 'away';
  /** Resolves when everything has ended. */
  readonly ended: Promise<void>;

  constructor(private readonly options: LeaseOptions) {
    this.ended = this.run();
  }

  private async run(): Promise<void> {
    const { signal, logger, name, everyMs = 2_000 } = this.options;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        if (await this.connected()) failures = 0;
      } catch (error) {
        logger.warn({ lease: name, code: errorLabel(error) }, 'lease lost, asking for it again');
      }
      this.state = 'away';
      await pause(Math.max(everyMs / 4, backoff(failures + 1, 250, 10_000)), signal);
    }
  }

  /** One life of a connection. @returns whether it was the owner */
  private async connected(): Promise<boolean> {
    const { url, name, signal, everyMs = 2_000 } = this.options;
    const client = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'sevenfold-lease', connectionTimeoutMillis: 10_000, query_timeout: 10_000 });
    const lost = new AbortController();
    client.on('error', () => lost.abort());
    client.on('end', () => lost.abort());
    try {
      await client.connect();
      const both = AbortSignal.any([signal, lost.signal]);
      while (!both.aborted && !(await obtained(client, name))) {
        this.state = 'waiting';
        await pause(everyMs, both);
      }
      if (both.aborted) return false;
      this.state = 'owner';
      const watching = watch(client, everyMs, both, () => lost.abort());
      await this.workOn(both);
      await watching;
      return true;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private async workOn(signal: AbortSignal): Promise<void> {
    const { work, logger, name, longestPauseMs = 60_000 } = this.options;
    for (let failures = 0; !signal.aborted; ) {
      const began = performance.now();
      try {
        await work(signal);
        failures = 0;
      } catch (error) {
        failures = performance.now() - began > longestPauseMs ? 1 : failures + 1;
        if (!signal.aborted) logger.warn({ lease: name, code: errorLabel(error) }, 'work broke off, running it again');
      }
      await pause(backoff(failures + 1, 500, longestPauseMs), signal);
    }
  }
}

async function obtained(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ ok: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 7007)) as ok', [`sevenfold:${name}`]);
  return rows[0]?.ok === true;
}

/** A connection that died without a word would leave two owners: ask it every now and then. */
async function watch(client: pg.Client, everyMs: number, signal: AbortSignal, onLost: () => void): Promise<void> {
  while (!signal.aborted) {
    await pause(everyMs, signal);
    if (!signal.aborted) await client.query('select 1').catch(onLost);
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined);
