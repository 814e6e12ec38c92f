import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLogger } from '@sevenfold/platform/logging';
import { createTestDatabase, type TestDatabase } from '@sevenfold/testing/postgres';
import type { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { migrate } from '../migrate.js';
import { connect } from '../orm.js';
import { UnsafeRoleError } from '../safe-role.js';
import { DatabaseOpening } from './index.js';

/** A database nobody has migrated yet. */
let database: TestDatabase;
const orms: MikroORM[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
}, 120_000);
afterAll(async () => {
  for (const orm of orms) await orm.close();
  await database[Symbol.asyncDispose]();
});

const logger = createLogger({ level: 'fatal', name: 'test' });
const connected = async (url: string): Promise<MikroORM> => {
  const orm = await connect(url, 2);
  orms.push(orm);
  return orm;
};
const admin = async (sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
};

test('waits for the tables of this version, each column of them, and says which are missing', async () => {
  let prepared = 0;
  const opening = new DatabaseOpening({
    orm: await connected(database.appUrl), logger, retry: { firstMs: 20, longestMs: 100 },
    prepare: async () => void (prepared += 1),
  });
  await opening.start();
  expect(opening.isOpen).toBe(false);
  await expect(opening.check()).rejects.toThrow(/lacks \w+\.\w+, .* and \d+ more: the migrations of this version have not run yet/);
  await migrate(database.ownerUrl);
  await opening.opened;
  await expect(opening.check()).resolves.toBeUndefined();
  expect(prepared).toBe(1);
  await opening.stop();

  await admin('alter table client rename column name to other_name');
  const older = new DatabaseOpening({ orm: await connected(database.appUrl), logger });
  await older.start();
  await expect(older.check()).rejects.toThrow('the database lacks client.name: ');
  await older.stop();
  await admin('alter table client rename column other_name to name');
}, 60_000);

test('waits for a database that is not there, and for what must be prepared', async () => {
  let works = false;
  const opening = new DatabaseOpening({
    orm: await connected(database.appUrl), logger, retry: { firstMs: 20, longestMs: 100 },
    prepare: async () => {
      if (!works) throw new Error('not yet');
    },
  });
  await opening.start();
  await expect(opening.check()).rejects.toThrow('not yet');
  works = true;
  await opening.opened;
  expect(opening.isOpen).toBe(true);
  await opening.stop();

  const nowhere = new DatabaseOpening({ orm: await connected('postgresql://nobody:secret@127.0.0.1:1/nothing'), logger });
  await nowhere.start();
  await expect(nowhere.check()).rejects.toThrow('ECONNREFUSED');
  await nowhere.stop();
});

test('a role that sees too much is refused, at once or as soon as it shows', async () => {
  await expect(new DatabaseOpening({ orm: await connected(database.systemUrl), logger }).start()).rejects.toThrow(UnsafeRoleError);

  await admin('create table hidden ()');
  const opening = new DatabaseOpening({
    orm: await connected(database.appUrl), logger, retry: { firstMs: 20, longestMs: 100 },
    prepare: async () => {
      await admin('alter table hidden owner to sevenfold_app');
      throw new Error('away');
    },
  });
  await opening.start();
  expect((await opening.refused).message).toContain('owns 1 tables');
  expect(opening.isOpen).toBe(false);
});
