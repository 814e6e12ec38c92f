import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { Clock } from '@sevenfold/platform/clock';
import { PreparedStatements } from '../db/prepared-statements.js';

/**
 * The door across tenants (role `system`, BYPASSRLS). Only the relay, the sweeper, webhook routing, sign-in, set-up and
 * erasure may import this module; the arrows check holds everybody else to {@link Database}.
 */
export class SystemDatabase {
  private readonly prepared: PreparedStatements;

  constructor(
    readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {
    this.prepared = new PreparedStatements(orm);
  }

  /** Runs `work` in one transaction that sees every workspace. `now` is the clock's instant at its begin. */
  async transaction<T>(work: (em: EntityManager, now: Date) => Promise<T>): Promise<T> {
    const now = await this.clock.now();
    // Its own connection and role, also when called within a transaction of a workspace.
    return this.orm.em.fork({ disableContextResolution: true }).transactional((em) => work(em, now));
  }

  /**
   * Runs one statement as a transaction of its own, which sees every workspace: one exchange with the database, and planned once for each
   * connection, for what is asked with every request.
   * @param sql one of few constant texts, with `$1`… for its values
   * @returns its rows
   */
  inOneStatement<T extends object>(sql: string, values: readonly unknown[]): Promise<T[]> {
    return this.prepared.execute<T>(sql, values);
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
