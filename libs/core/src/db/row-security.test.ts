import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@sevenfold/testing/postgres';
import pg from 'pg';
import { migrate } from './migrate.js';
import { tenantTables } from './migrations/tenant-tables.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ migrate });
}, 120_000);
afterAll(() => database.drop());

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the schema', () => {
  test('runs once, also when two processes ask', async () => {
    await expect(Promise.all([migrate(database.ownerUrl), migrate(database.ownerUrl)])).resolves.toEqual([[], []]);
  });

  test('forces row-level security on every table that belongs to a workspace, and the list names them all', async () => {
    const rows = await query<{ name: string; forced: boolean; policies: number }>(
      database.adminUrl,
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
              (select count(*)::int from pg_policy where polrelid = c.oid) as policies
         from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
    );
    expect(rows.map((row) => row.name)).toEqual([...tenantTables].sort());
    expect(rows.filter((row) => !row.forced || row.policies !== 1)).toEqual([]);
  });
});
