import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { coreWorld, type CoreWorld } from '@sevenfold/testing/factories';
import pg from 'pg';
import { describeTables } from './describe-tables.js';

/** The database the migrations made, and beside it, in a schema of its own, the one the entities describe. */
let world: CoreWorld;
let client: pg.Client;
beforeAll(async () => {
  world = await coreWorld();
  client = new pg.Client({ connectionString: world.database.adminUrl });
  await client.connect();
  await client.query('create schema described');
  await client.query('set search_path to described');
  for (const statement of await describeTables()) await client.query(statement);
  await client.query('set search_path to public');
}, 120_000);
afterAll(async () => {
  await client.end();
  await world[Symbol.asyncDispose]();
});

const ask = async (sql: string, schema: string): Promise<string[]> =>
  (await client.query<{ line: string }>(sql, [schema])).rows.map(({ line }) => line.replaceAll(`${schema}.`, ''));

const columns = `
  select format('%s.%s %s%s%s', table_name, column_name, format_type(a.atttypid, a.atttypmod),
                case when is_nullable = 'NO' then ' not null' else '' end, coalesce(' default ' || column_default, '')) as line
    from information_schema.columns c
    join pg_attribute a on a.attrelid = format('%I.%I', table_schema, table_name)::regclass and a.attname = column_name
   where table_schema = $1 and table_name not like '%migration%' order by 1`;
const checks = `
  select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as line from pg_constraint
   where contype = 'c' and connamespace = $1::regnamespace order by 1`;
const indexes = `
  select regexp_replace(indexdef, 'INDEX \\S+ ', 'INDEX ') as line from pg_indexes where schemaname = $1 order by 1`;

test('the migrations make the columns the entities describe', async () => {
  expect(await ask(columns, 'public')).toEqual(await ask(columns, 'described'));
});

test('… and the checks of their values', async () => {
  expect(await ask(checks, 'public')).toEqual(await ask(checks, 'described'));
});

test('… and at least their indexes', async () => {
  const made = await ask(indexes, 'public');
  expect((await ask(indexes, 'described')).filter((line) => !made.includes(line))).toEqual([]);
});
