import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { Clock } from '@sevenfold/platform/clock';
import { writeHints } from '../live/pending.js';
import { byKeyIn, executeAlone, executePrepared } from './execute-prepared.js';
import { LoneStatements } from './lone-statements.js';
import { byKey, type Prepared } from './prepared.js';
import type { Scope, Services, Tx } from './tx.js';

/** One transaction that several `inWorkspace` share. */
interface Shared {
  tx: Tx;
  /** Something in it has thrown: nothing of it may stay. */
  failed?: { error: unknown };
}

/** How a shared transaction's work ended. */
export type Ended<T> = { value: T } | { error: unknown };

/** The app role's door to the database: every transaction is bound to one workspace by row-level security. */
export class Database {
  private readonly shared = new AsyncLocalStorage<Shared>();

  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
    readonly services: Services,
  ) {}

  /**
   * Runs `work` in one transaction as `scope.workspaceId`. Commits when it resolves, rolls back when it throws.
   * Rows of other workspaces don't exist inside. Within `atOnce` it takes part in that transaction instead.
   * @param notBefore ms since the epoch: the engine's own time, when this process's clock may run behind it
   * @param keyed everything in it is looked up by its key, whatever the server believes about the tables' sizes
   */
  async inWorkspace<T>(scope: Scope, work: (tx: Tx) => Promise<T>, { notBefore = 0, keyed = false } = {}): Promise<T> {
    const shared = this.shared.getStore();
    if (shared?.tx.workspaceId === scope.workspaceId) return takePart(shared, scope, work);
    const clock = await this.clock.now();
    const now = clock.getTime() < notBefore ? new Date(notBefore) : clock;
    // Ours, whoever's transaction we may be called in: the ORM would else go on in that one, as that one's role.
    const fork = this.orm.em.fork({ disableContextResolution: true });
    fork.setSessionContext({ variables: { 'app.workspace': scope.workspaceId, ...(keyed && byKey) } });
    return fork.transactional(async (em) => {
      const tx: Tx = { ...scope, em, now, services: this.services };
      const result = await work(tx);
      await writeHints(tx);
      return result;
    });
  }

  /**
   * Runs `work`, which only looks, as `scope.workspaceId`: each statement is a transaction of its own, read only, and one exchange with the
   * database; nothing is begun before it or committed after it. What it finds is what `inWorkspace` would, where too every statement sees
   * what is committed when it begins. Within `atOnce` it takes part in that transaction.
   * @throws the server's error 25006 when something in it writes, or locks a row
   */
  async reading<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    const shared = this.shared.getStore();
    if (shared?.tx.workspaceId === scope.workspaceId) return takePart(shared, scope, work);
    const now = await this.clock.now();
    const em = this.orm.em.fork({ disableContextResolution: true });
    em.setTransactionContext(new LoneStatements(this.orm, scope.workspaceId));
    const tx: Tx = { ...scope, em, now, services: this.services };
    const result = await work(tx);
    // Whatever was left to be written is refused like the rest, not forgotten.
    await em.flush();
    await writeHints(tx);
    return result;
  }

  /**
   * Runs one statement as a transaction of its own, bound to the workspace like any other: one exchange with the database instead of
   * four, and planned once for each connection, for what is done thousands of times. Within `atOnce` it takes part in that transaction.
   * @returns its rows
   */
  async inOneStatement<T extends object>(scope: Scope, sql: Prepared, values: readonly unknown[]): Promise<T[]> {
    const shared = this.shared.getStore();
    if (shared?.tx.workspaceId === scope.workspaceId) return takePart(shared, scope, (tx) => executePrepared<T>(tx, sql, values));
    return executeAlone<T>(this.orm, { sql, values, begin: byKeyIn(scope.workspaceId) });
  }

  /** The instant of what is done now by {@link inOneStatement}. */
  now(): Promise<Date> {
    return this.clock.now();
  }

  /**
   * Makes everything `work` does by `inWorkspace` in this workspace one transaction, together with what `first` and
   * `last` write: all of it commits at the end, or nothing. What `work` throws after its last transaction has
   * succeeded does not undo it, just as without.
   * @param first may answer instead of `work`
   * @param last sees how the work ended; it is not called when nothing of it stays
   */
  async atOnce<T>(
    scope: Scope,
    { first, work, last }: { first(tx: Tx): Promise<{ value: T } | undefined>; work(): Promise<T>; last(tx: Tx, ended: Ended<T>): Promise<void> },
  ): Promise<T> {
    const ended = await this.inWorkspace<Ended<T>>(scope, async (tx) => {
      const known = await first(tx);
      if (known) return known;
      const shared: Shared = { tx };
      const result = await this.shared.run(shared, () => settled(work));
      if (shared.failed) throw 'error' in result ? result.error : shared.failed.error;
      await last(tx, result);
      return result;
    });
    if ('error' in ended) throw ended.error;
    return ended.value;
  }

  /** Whether `inWorkspace` called here would commit only with everything around it. */
  get isShared(): boolean {
    return this.shared.getStore() !== undefined;
  }

  /** Throws when the database does not answer. */
  async ping(): Promise<void> {
    await this.orm.em.fork({ disableContextResolution: true }).execute('select 1');
  }

  async close(): Promise<void> {
    await this.orm.close();
  }
}

async function takePart<T>(shared: Shared, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { em, now, services } = shared.tx;
  try {
    const value = await work({ ...scope, em, now, services });
    await settle(em);
    return value;
  } catch (error) {
    shared.failed ??= { error };
    throw error;
  }
}

/** The next one reads the rows anew, as it would in a transaction of its own. */
async function settle(em: EntityManager): Promise<void> {
  await em.flush();
  em.clear();
}

async function settled<T>(work: () => Promise<T>): Promise<Ended<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error };
  }
}
