import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { migrations } from './migrations/index.js';
import { slowPartsOf, withoutSlowParts, type ListedMigration } from './migrating/serving-migration.js';
import { SlowParts } from './migrating/slow-parts.js';
import { untilFree } from './migrating/until-free.js';
import { ormOptions } from './orm.js';

export interface MigrateOptions {
  /** All unless told; for tests. */
  list?: readonly ListedMigration[];
  /**
   * How long a statement waits for a table that is in use, and everybody behind it, in ms; 300 unless told. Well below the second after which
   * the server looks for deadlocks: it might end the others' transaction instead of ours.
   */
  lockTimeoutMs?: number;
  /** How long such a statement is tried again and again, in ms; five minutes unless told. */
  patienceMs?: number;
}

/**
 * Brings the schema up to date as the owner role, while the version before goes on serving: each migration is one short transaction that
 * gives way when a table is in use and tries again; what takes its time runs beside everybody. Safe to run from several processes (an
 * advisory lock lets one do it), and again after it was cut off.
 * @param ownerUrl connection of the role that owns the tables
 * @returns the names of the migrations that ran
 * @throws Error of the database when a statement fails, or when a table was in use all the time
 */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const { list = migrations, lockTimeoutMs = 300, patienceMs = 300_000 } = options;
  await using slow = await SlowParts.open(ownerUrl, { lockTimeoutMs, patienceMs });
  const base = ormOptions(ownerUrl, 1);
  const orm = await MikroORM.init({
    ...base,
    driverOptions: { ...base.driverOptions, lock_timeout: lockTimeoutMs },
    extensions: [Migrator],
    migrations: { migrationsList: slow.isEmpty ? [...list] : list.map(withoutSlowParts), snapshot: false, silent: true, transactional: true, allOrNothing: false },
  });
  try {
    const pending = (await orm.migrator.getPending()).map(({ name }) => name);
    // Nobody serves from an empty database.
    if (slow.isEmpty) await orm.migrator.up();
    for (const migration of list) {
      const { name } = migration;
      const { before, after } = await slowPartsOf(migration, orm.em.getDriver(), orm.config);
      if (slow.isEmpty) {
        await slow.skip(name, [...before, ...after, ...(migration.backfills ?? []).map(({ sql }) => sql)]);
        continue;
      }
      if (pending.includes(name)) {
        await slow.run(name, before);
        await untilFree(() => orm.migrator.up({ to: name }), patienceMs);
      }
      // Filled first: an index is built faster than it is kept.
      await slow.fill(name, migration.backfills ?? []);
      await slow.run(name, after);
    }
    return pending;
  } finally {
    await orm.close();
  }
}
