import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aClient, aCreator, aWorkspace, coreWorld, type CoreWorld, type TestWorkspace } from '@sevenfold/testing/factories';
import pg from 'pg';
import { connect } from './orm.js';
import { migrate } from './migrate.js';
import { tenantTables } from './migrations/tenant-tables.js';
import { assertSafeRole } from './safe-role.js';

let world: CoreWorld;
let other: TestWorkspace;
beforeAll(async () => {
  world = await coreWorld();
  other = await aWorkspace(world, { name: 'Other agency' });
  for (const scope of [world.scope, other.scope]) {
    await aClient({ db: world.db, scope }, 'Brand');
    await aCreator({ db: world.db, scope });
  }
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

/** Raw SQL on a connection of its own, past the ORM and everything it filters. */
async function query<T extends pg.QueryResultRow>(url: string, sql: string, context?: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    if (context !== undefined) await client.query(`select set_config('app.workspace', $1, false)`, [context]);
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}
const asApp = <T extends pg.QueryResultRow>(sql: string, context?: string) => query<T>(world.database.appUrl, sql, context);

describe('the schema', () => {
  test('runs once, also when two processes ask', async () => {
    const { ownerUrl } = world.database;
    await expect(Promise.all([migrate(ownerUrl), migrate(ownerUrl)])).resolves.toEqual([[], []]);
  });

  test('forces row-level security on every table that belongs to a workspace, and the list names them all', async () => {
    const rows = await query<{ name: string; forced: boolean; policies: number }>(
      world.database.adminUrl,
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
              (select count(*)::int from pg_policy where polrelid = c.oid) as policies
         from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
    );
    expect(rows.map((row) => row.name)).toEqual([...tenantTables].sort());
    expect(rows.filter((row) => !row.forced || row.policies !== 1)).toEqual([]);
  });

  test('every reference between tenant rows carries the workspace', async () => {
    const loose = await query(
      world.database.adminUrl,
      `select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint
        where contype = 'f' and confrelid not in ('workspace'::regclass, 'inbound_item'::regclass) and array_length(conkey, 1) < 2`,
    );
    expect(loose).toEqual([]);
  });
});

describe('the app role', () => {
  test('sees nothing without a context, and with one the rows of that workspace alone', async () => {
    const all = await query<{ workspace_id: string }>(world.database.systemUrl, 'select workspace_id from client');
    expect(new Set(all.map((row) => row.workspace_id)).size).toBe(2);
    for (const table of ['client', 'creator', 'member', 'api_token', 'audit_entry', 'workspace', 'contact_point']) {
      const column = table === 'workspace' ? 'id' : 'workspace_id';
      expect([table, await asApp(`select ${column} from ${table}`)]).toEqual([table, []]);
      expect([table, await asApp(`select ${column} from ${table}`, '')]).toEqual([table, []]);
      const seen = await asApp<{ tenant: string }>(`select distinct ${column} as tenant from ${table}`, other.workspaceId);
      expect([table, seen]).toEqual([table, [{ tenant: other.workspaceId }]]);
    }
  });

  test('writes nothing into another workspace, nor moves a row there', async () => {
    const mine = world.workspace.workspaceId;
    const insert = `insert into client (id, workspace_id, created_at, name) values (gen_random_uuid(), '${other.workspaceId}', '2026-01-01T00:00Z', 'X')`;
    await expect(asApp(insert, mine)).rejects.toThrow('row-level security');
    await expect(asApp(insert)).rejects.toThrow('row-level security');
    await expect(asApp(`update client set workspace_id = '${other.workspaceId}'`, mine)).rejects.toThrow('row-level security');
    expect(await asApp(`update client set name = 'stolen' where workspace_id = '${other.workspaceId}' returning id`, mine)).toEqual([]);
    expect(await asApp(`delete from client where workspace_id = '${other.workspaceId}' returning id`, mine)).toEqual([]);
  });

  test('cannot point into another workspace', async () => {
    const [creator] = await query<{ id: string }>(world.database.systemUrl, `select id from creator where workspace_id = '${other.workspaceId}'`);
    const insert = `insert into thread (id, workspace_id, created_at, creator_id, unread, version)
      values (gen_random_uuid(), '${world.workspace.workspaceId}', '2026-01-01T00:00Z', '${creator?.id}', 0, 0)`;
    await expect(asApp(insert, world.workspace.workspaceId)).rejects.toThrow('foreign key');
  });

  test('cannot rewrite what happened, nor see what was not routed yet', async () => {
    const { workspaceId } = other;
    await expect(asApp('update audit_entry set action = action', workspaceId)).rejects.toThrow('permission denied');
    await expect(asApp('delete from audit_entry', workspaceId)).rejects.toThrow('permission denied');
    await expect(asApp('delete from delivery_event', workspaceId)).rejects.toThrow('permission denied');
    await expect(asApp('select 1 from inbound_item', workspaceId)).rejects.toThrow('permission denied');
    const insertWorkspace = `insert into workspace (id, name, time_zone, settings, created_at)
      values (gen_random_uuid(), 'X', 'UTC', '{}', '2026-01-01T00:00Z')`;
    await expect(asApp(insertWorkspace, workspaceId)).rejects.toThrow('permission denied');
  });

  test('owns no table and is refused at start-up when it could see more', async () => {
    const check = async (url: string) => {
      const orm = await connect(url, 1);
      try {
        await assertSafeRole(orm);
      } finally {
        await orm.close();
      }
    };
    await expect(check(world.database.appUrl)).resolves.toBeUndefined();
    await expect(check(world.database.systemUrl)).rejects.toThrow('"sevenfold_system", which has BYPASSRLS');
    await expect(check(world.database.ownerUrl)).rejects.toThrow(/"sevenfold_owner", which owns \d+ tables/);
    await expect(check(world.database.adminUrl)).rejects.toThrow('is a superuser');
  });
});

test('forty interleaved tenants on a pool of ten stay apart', async () => {
  const scopes = [world.scope, other.scope];
  const seen = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      world.db.inWorkspace(scopes[i % 2] ?? world.scope, async (tx) => {
        const before = await tx.em.execute<{ workspace_id: string }[]>('select workspace_id from client');
        await tx.em.execute('select pg_sleep(0.01)');
        const after = await tx.em.execute<{ workspace_id: string }[]>('select workspace_id from creator');
        return [...before, ...after].every((row) => row.workspace_id === tx.workspaceId) && before.length > 0;
      }),
    ),
  );
  expect(seen).toEqual(Array.from({ length: 40 }, () => true));
});
