import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@sevenfold/platform/logging';
import pg from 'pg';
import { backoff } from '../engine/backoff.js';
import { errorLabel } from '../engine/error-label.js';

export interface LeasesOptions {
  /** The database as the role `system`; all leases live as long as one connection of their own. */
  url: string;
  /** What the names of these leases begin with, so that they meet no others. */
  prefix: string;
  /** Run for each key this process owns, as its only owner; again after a while when it ends or throws. */
  work: (key: string, signal: AbortSignal) => Promise<void>;
  /** Ends it all. */
  signal: AbortSignal;
  logger: Logger;
  /** Pause between two rounds of asking, in ms. */
  everyMs?: number;
  /** Longest pause before work that broke off is run again, in ms. */
  longestPauseMs?: number;
}

interface Held {
  stop: AbortController;
  ended: Promise<void>;
}

/**
 * As many advisory locks as there are keys, over one connection: of all processes one works on each key. They go with the
 * connection: who is killed or cut off makes room at once, and is told to stop. What both do in the moment of handing over must be harmless twice.
 */
export class Leases {
  /** Whether the database has said, on the connection there is, what this process owns and what others do. */
  asked = false;
  private wanted: ReadonlySet<string> = new Set();
  private readonly held = new Map<string, Held>();
  /** Resolves when everything has ended. */
  readonly ended: Promise<void>;

  constructor(private readonly options: LeasesOptions) {
    this.ended = this.run();
  }

  /** The keys there is work for from now on. */
  want(keys: ReadonlySet<string>): void {
    this.wanted = keys;
  }

  /** The keys this process works on. */
  get owned(): string[] {
    return [...this.held.keys()];
  }

  private async run(): Promise<void> {
    const { signal, logger, prefix, everyMs = 2_000 } = this.options;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        await this.connected(() => {
          failures = 0;
        });
      } catch (error) {
        logger.warn({ leases: prefix, code: errorLabel(error) }, 'leases lost, asking for them again');
      }
      await pause(Math.max(everyMs / 4, backoff(failures + 1, 250, 10_000)), signal);
    }
  }

  /** One life of the connection. */
  private async connected(onRound: () => void): Promise<void> {
    const { url, signal, everyMs = 2_000 } = this.options;
    const client = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'sevenfold-leases', connectionTimeoutMillis: 10_000, query_timeout: 10_000 });
    const lost = new AbortController();
    client.on('error', () => lost.abort());
    client.on('end', () => lost.abort());
    const both = AbortSignal.any([signal, lost.signal]);
    try {
      await client.connect();
      while (!both.aborted) {
        await this.round(client);
        this.asked = true;
        onRound();
        await pause(everyMs, both);
      }
    } finally {
      this.asked = false;
      await Promise.all(this.owned.map((key) => this.letGo(key)));
      await client.end().catch(() => undefined);
    }
  }

  private async round(client: pg.Client): Promise<void> {
    const { prefix } = this.options;
    const unwanted = this.owned.filter((each) => !this.wanted.has(each));
    await Promise.all(unwanted.map((key) => this.letGo(key)));
    if (unwanted.length > 0) await client.query('select pg_advisory_unlock(hashtextextended($2 || key, 7007)) from unnest($1::text[]) as key', [unwanted, prefix]);
    const missing = [...this.wanted].filter((key) => !this.held.has(key));
    // Asked even when nothing is missing: a connection that died without a word would leave two owners.
    const { rows } = await client.query<{ key: string; ok: boolean }>(
      'select key, pg_try_advisory_lock(hashtextextended($2 || key, 7007)) as ok from unnest($1::text[]) as key',
      [missing, prefix],
    );
    for (const { key, ok } of rows) if (ok) this.take(key);
  }

  private take(key: string): void {
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, this.options.signal]);
    this.held.set(key, { stop, ended: this.workOn(key, signal) });
  }

  private async letGo(key: string): Promise<void> {
    const held = this.held.get(key);
    held?.stop.abort();
    await held?.ended;
    this.held.delete(key);
  }

  private async workOn(key: string, signal: AbortSignal): Promise<void> {
    const { work, logger, longestPauseMs = 60_000 } = this.options;
    for (let failures = 0; !signal.aborted; ) {
      const began = performance.now();
      try {
        await work(key, signal);
        failures = 0;
      } catch (error) {
        failures = performance.now() - began > longestPauseMs ? 1 : failures + 1;
        if (!signal.aborted) logger.warn({ lease: key, code: errorLabel(error) }, 'work broke off, running it again');
      }
      await pause(backoff(failures + 1, 500, longestPauseMs), signal);
    }
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined);
