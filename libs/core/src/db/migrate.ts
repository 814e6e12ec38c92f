import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { migrations } from './migrations/index.js';
import { ormOptions } from './orm.js';

/**
 * Brings the schema up to date as the owner role. Safe to run from several processes: an advisory lock lets one do it.
 * @param ownerUrl connection of the role that owns the tables
 * @returns the names of the migrations that ran
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const orm = await MikroORM.init({
    ...ormOptions(ownerUrl, 2),
    extensions: [Migrator],
    migrations: { migrationsList: [...migrations], snapshot: false, silent: true, transactional: true, allOrNothing: true },
  });
  try {
    return await orm.em.fork().transactional(async (em) => {
      await em.execute('select pg_advisory_xact_lock(7007)');
      const done = await orm.migrator.up();
      return done.map((each) => each.name);
    });
  } finally {
    await orm.close();
  }
}
