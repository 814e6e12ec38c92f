import type { Migration } from '@mikro-orm/migrations';
import type { Backfill } from './backfill.js';
import { splitStatements, type SplitMigration } from './split-statements.js';
import { tableLocks } from './table-locks.js';

type MigrationClass = new (...args: ConstructorParameters<typeof Migration>) => Migration & { up(): Promise<void> | void };
export interface ListedMigration {
  name: string;
  class: MigrationClass;
  /** After its transaction, before its indexes. */
  backfills?: readonly Backfill[];
}

/** The released ones ran in an empty database; whoever meets them has nothing to wait for. */
const releasedAsTheyAre = new Set(['0001-tables', '0002-security']);

/** Every statement of a migration, in its own order. */
export async function statementsOf({ class: Class }: ListedMigration, ...args: ConstructorParameters<typeof Migration>): Promise<string[]> {
  const migration = new Class(...args);
  await migration.up();
  return migration.getQueries().map((query) => {
    if (typeof query !== 'string') throw new Error(`${Class.name} holds a statement that is no plain text`);
    return query.trim();
  });
}

/** A migration without what belongs before and after it. */
export function withoutSlowParts({ name, class: Class }: ListedMigration): ListedMigration {
  if (releasedAsTheyAre.has(name)) return { name, class: Class };
  return {
    name,
    class: class extends Class {      override getQueries(): string[] {
        const { now } = splitStatements(super.getQueries().map(String).map((sql) => sql.trim()));
        return [...tableLocks(now), ...now];
      }
    },
  };
}

/** What belongs before and after a migration. */
export async function slowPartsOf(migration: ListedMigration, ...args: ConstructorParameters<typeof Migration>): Promise<Pick<SplitMigration, 'before' | 'after'>> {
  if (releasedAsTheyAre.has(migration.name)) return { before: [], after: [] };
  return splitStatements(await statementsOf(migration, ...args));
}
