import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { Clock } from '@sevenfold/platform/clock';
import { executeAlone } from '../db/execute-prepared.js';
import type { Prepared } from '../db/prepared.js';

/**
 * The door across tenants (role `system`, BYPASSRLS). Only the relay, the sweeper, webhook routing, sign-in, set-up and
 * erasure may import this module; the arrows check holds everybody else to {@link Database}.
 */
export class SystemDatabase {
  constructor(
    readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  /** Runs `work` in one transaction that sees every workspace. `now` is the clock's instant at its begin. */
  async transaction<T>(work: (em: EntityManager, now: Date) => Promise<T>): Promise<T> {
    const now = await this.clock.now();
    // Its own connection and role, also when called within a transaction of a workspace.
    return this.orm.em.fork({ disableContextResolution: true }).transactional((em) => work(em, now));
  }

  /**
   * Runs one statement as a transaction of its own, which sees every workspace: one exchange with the database, and planned once for each
   * connection, for what is asked with every request.
   * @returns its rows
   */
  inOneStatement<T extends object>(sql: Prepared, values: readonly unknown[]): Promise<T[]> {
    return executeAlone<T>(this.orm, { sql, values });
  }

  /** The instant of what is done now by {@link inOneStatement}. */
  now(): Promise<Date> {
    return this.clock.now();
  }

  /** Throws when the database does not answer. */
  async ping(): Promise<void> {
    await this.orm.em.fork().execute('select 1');
  }

  async close(): Promise<void> {
    await this.orm.close();
  }
}
