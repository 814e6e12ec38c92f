import type { MikroORM } from '@mikro-orm/postgresql';
import type { Clock } from '@sevenfold/platform/clock';
import type { Scope, Services, Tx } from './tx.js';

/** The app role's door to the database: every transaction is bound to one workspace by row-level security. */
export class Database {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
    readonly services: Services,
  ) {}

  /**
   * Runs `work` in one transaction as `scope.workspaceId`. Commits when it resolves, rolls back when it throws.
   * Rows of other workspaces don't exist inside.
   * @param notBefore ms since the epoch: the engine's own time, when this process's clock may run behind it
   */
  async inWorkspace<T>(scope: Scope, work: (tx: Tx) => Promise<T>, { notBefore = 0 } = {}): Promise<T> {
    const clock = await this.clock.now();
    const now = clock.getTime() < notBefore ? new Date(notBefore) : clock;
    const fork = this.orm.em.fork();
    fork.setSessionContext({ variables: { 'app.workspace': scope.workspaceId } });
    return fork.transactional((em) => work({ ...scope, em, now, services: this.services }));
  }

  /** Throws when the database does not answer. */
  async ping(): Promise<void> {
    await this.orm.em.fork().execute('select 1');
  }

  async close(): Promise<void> {
    await this.orm.close();
  }
}
