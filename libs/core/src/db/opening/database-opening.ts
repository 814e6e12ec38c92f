import { setTimeout as sleep } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Logger } from '@sevenfold/platform/logging';
import { backoff } from '../../engine/backoff.js';
import { assertSafeRole, UnsafeRoleError } from '../safe-role.js';
import { assertTables } from './assert-tables.js';

export interface OpeningParts {
  /** Of the app role. */
  orm: MikroORM;
  /** What else must succeed once before the database is used. May be called several times. */
  prepare?: () => Promise<void>;
  logger: Logger;
  /** First and longest pause between two looks, in ms; 250 and 2,000 unless told. */
  retry?: { firstMs: number; longestMs: number };
}

/**
 * Waits for a database that is as it must be: it answers, row-level security holds our role, its tables are those of this version. Until
 * then nothing may use it. Whatever is missing may still come, so it looks again and again; only a role that sees too much is final.
 */
export class DatabaseOpening {
  /** Settles when the database may be used. */
  readonly opened: Promise<void>;
  /** Settles with the error when a later look than the first found the role unsafe. */
  readonly refused: Promise<UnsafeRoleError>;
  private readonly stopping = new AbortController();
  private problem: unknown = new Error('the database was not reached yet');
  private open = false;
  private loop: Promise<void> | undefined;
  private readonly admit: () => void;
  private readonly refuse: (error: UnsafeRoleError) => void;

  constructor(private readonly parts: OpeningParts) {
    const opened = Promise.withResolvers<void>();
    const refused = Promise.withResolvers<UnsafeRoleError>();
    [this.opened, this.admit] = [opened.promise, opened.resolve];
    [this.refused, this.refuse] = [refused.promise, refused.resolve];
  }

  get isOpen(): boolean {
    return this.open;
  }

  /**
   * Looks once, and goes on looking by itself if that was too early.
   * @throws UnsafeRoleError
   */
  async start(): Promise<void> {
    await this.look();
    if (!this.open) this.loop = this.keepLooking();
  }

  /** For readiness. @throws Error the reason why the database cannot be used yet */
  async check(): Promise<void> {
    if (!this.open) throw this.problem;
    await this.parts.orm.em.fork().execute('select 1');
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async keepLooking(): Promise<void> {
    const { retry: { firstMs, longestMs } = { firstMs: 250, longestMs: 2_000 } } = this.parts;
    for (let looks = 1; !this.open && !this.stopping.signal.aborted; looks += 1) {
      await sleep(backoff(looks, firstMs, longestMs), undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.stopping.signal.aborted) return;
      try {
        await this.look();
      } catch (error) {
        if (error instanceof UnsafeRoleError) return this.refuse(error);
      }
    }
  }

  private async look(): Promise<void> {
    const { orm, prepare, logger } = this.parts;
    try {
      await assertSafeRole(orm);
      await assertTables(orm);
      await prepare?.();
      this.open = true;
      this.admit();
    } catch (error) {
      this.problem = error;
      if (error instanceof UnsafeRoleError) throw error;
      logger.warn({ err: error }, 'the database cannot be used yet, looking again');
    }
  }
}
