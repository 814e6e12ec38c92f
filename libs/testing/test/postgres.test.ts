import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { join } from 'node:path'
import pg from 'pg'
import { createTestDatabase, startPostgres, type TestDatabase } from '@sevenfold/testing/postgres'

const query = async (connectionString: string, sql: string) => {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const migrate = async (ownerUrl: string) => {
  await query(ownerUrl, `
    create table thing (workspace uuid not null, name text);
    alter table thing enable row level security;
    alter table thing force row level security;
    create policy own on thing using (workspace = nullif(current_setting('app.workspace', true), '')::uuid);
    grant select, insert on thing to sevenfold_app, sevenfold_system;`)
}

describe('a test database', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase({ migrate, template: 'things' })
    await query(database.systemUrl, `insert into thing values ('00000000-0000-4000-8000-000000000001', 'a')`)
  })
  afterAll(() => database.drop())

  test('app and owner are bound by row-level security, system is not, and nobody is a superuser', async () => {
    expect(await query(database.appUrl, 'select name from thing')).toEqual([])
    expect(await query(database.ownerUrl, 'select name from thing')).toEqual([])
    expect(await query(database.systemUrl, 'select name from thing')).toEqual([{ name: 'a' }])
    const supers = await query(database.adminUrl, `select rolname from pg_roles where rolname like 'sevenfold%' and rolsuper`)
    expect(supers).toEqual([])
  })

  test('only the owner may change the shape', async () => {
    await expect(query(database.appUrl, 'create table mine (id int)')).rejects.toThrow('permission denied')
    await expect(query(database.systemUrl, 'drop table thing')).rejects.toThrow('must be owner')
  })

  test('another one of the same template starts empty', async () => {
    await using other = await createTestDatabase({ migrate, template: 'things' })
    expect(await query(other.systemUrl, 'select name from thing')).toEqual([])
  })
})

test('a server of its own keeps what it was told through a crash', async () => {
  const dataDir = join(process.env.SEVENFOLD_TEST_RUN ?? '', 'crashing')
  await using first = await startPostgres({ persistent: true, dataDir })
  await query(first.adminUrl, 'create table kept (id int); insert into kept values (1)')
  await first.crash()
  await expect(query(first.adminUrl, 'select 1')).rejects.toThrow()
  await using second = await startPostgres({ persistent: true, dataDir, port: first.port })
  expect(await query(second.adminUrl, 'select id from kept')).toEqual([{ id: 1 }])
})
