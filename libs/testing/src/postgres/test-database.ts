import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { asAdmin, createDatabase, databaseUrls, type DatabaseUrls } from './roles.js';
import { sharedPostgres, testPasswords } from './shared.js';
import type { AsyncResource } from '../util/async-resource.js';

export interface TestDatabaseOptions {
  /** Brings an empty database to the newest shape, as the owner role. Runs once per jest run, into a template. */
  migrate?: (ownerUrl: string) => Promise<unknown>;
  /** Name of the template; different migrations need different ones. "core" unless told. */
  template?: string;
}

export interface TestDatabase extends DatabaseUrls, AsyncResource {
  name: string;
  /** Superuser on this database: to look behind row-level security in assertions, never for the code under test. */
  adminUrl: string;
  /** Removes the database, ending whatever is still connected. */
  drop(): Promise<void>;
}

/**
 * A fresh database on the run's shared server with the three roles of the product, for one test file: a copy of a
 * template that was migrated once, which takes about 50 ms. Without `migrate` it is empty.
 */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const serverUrl = await sharedPostgres();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  if (options.migrate) {
    const template = `template_${options.template ?? 'core'}`;
    await prepareTemplate(serverUrl, template, options.migrate);
    await asAdmin(serverUrl, (client) =>
      client.query(`create database ${name} template ${pg.escapeIdentifier(template)} owner sevenfold_owner`),
    );
  } else {
    await createDatabase(serverUrl, name);
  }
  const drop = async () => {
    await asAdmin(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
  };
  const admin = new URL(serverUrl);
  admin.pathname = `/${name}`;
  return { name, adminUrl: admin.href, ...databaseUrls(serverUrl, name, testPasswords), drop, [Symbol.asyncDispose]: drop };
}

/** Two test files may need the template at the same moment: the server's own lock lets one build it. */
async function prepareTemplate(
  serverUrl: string,
  template: string,
  migrate: (ownerUrl: string) => Promise<unknown>,
): Promise<void> {
  await asAdmin(serverUrl, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [template]);
    const exists = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (exists.rowCount) return;
    const draft = `draft_of_${template}`;
    await client.query(`drop database if exists ${pg.escapeIdentifier(draft)} with (force)`);
    await createDatabase(serverUrl, draft);
    await migrate(databaseUrls(serverUrl, draft, testPasswords).ownerUrl);
    // Only a finished template gets the name; and what the migration left connected must not block the copies.
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [draft]);
    await client.query(`alter database ${pg.escapeIdentifier(draft)} rename to ${pg.escapeIdentifier(template)}`);
  });
}
