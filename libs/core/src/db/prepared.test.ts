import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { asAdmin } from '@sevenfold/testing/postgres';
import { twoWorkspaces, type TwoWorkspaces } from '@sevenfold/testing/factories';
import { executePrepared } from './execute-prepared.js';
import { Prepared } from './prepared.js';

let world: TwoWorkspaces['world'];
let other: TwoWorkspaces['other'];
beforeAll(async () => {
  ({ world, other } = await twoWorkspaces());
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const names = new Prepared('select name, $1::int as n from client order by name');
const add = new Prepared('insert into client (id, workspace_id, created_at, name) values (gen_random_uuid(), $1, now(), $2) returning name');
const divide = new Prepared('select 7 / $1::int as n');
type Named = { name: string; n: number };

describe('a prepared statement', () => {
  test('sees its own workspace, alone and in a transaction, however many run at once over few connections', async () => {
    const found = await Promise.all(Array.from({ length: 90 }, (_, n) => {
      const { scope } = n % 2 === 0 ? world : other;
      if (n % 3 === 0) return world.db.inOneStatement<Named>(scope, names, [n]);
      return world.db.inWorkspace(scope, (tx) => executePrepared<Named>(tx, names, [n]), { keyed: n % 3 === 1 });
    }));
    for (const [n, rows] of found.entries()) expect(rows).toEqual([{ name: n % 2 === 0 ? 'Ours' : 'Theirs', n }]);
  });

  test('is prepared once on a connection, whoever asks', async () => {
    const count = 'select count(*)::int as count from pg_prepared_statements where statement = ?';
    const [row] = await world.db.inWorkspace(world.scope, async (tx) => {
      for (const n of [1, 2, 3]) await executePrepared(tx, names, [n]);
      return tx.em.execute<{ count: number }[]>(count, [names.sql]);
    });
    expect(row).toEqual({ count: 1 });
  });

  test('belongs to its transaction: taken back with it, and what fails fails it', async () => {
    await expect(world.db.inWorkspace(world.scope, async (tx) => {
      await executePrepared(tx, add, [world.scope.workspaceId, 'Lost']);
      throw new Error('afterwards');
    })).rejects.toThrow('afterwards');
    await expect(world.db.inWorkspace(world.scope, async (tx) => {
      await executePrepared(tx, add, [world.scope.workspaceId, 'Lost too']);
      await executePrepared(tx, divide, [0]);
    })).rejects.toMatchObject({ name: 'DriverException', code: '22012' });
    await expect(world.db.inOneStatement(world.scope, add, [other.scope.workspaceId, 'Smuggled'])).rejects.toThrow('row-level security');
    await expect(world.db.inOneStatement(world.scope, divide, [0])).rejects.toMatchObject({ name: 'DriverException', code: '22012' });
    expect(await world.db.inOneStatement(world.scope, divide, [7])).toEqual([{ n: 1 }]);
    expect(await world.db.inOneStatement(world.scope, names, [1])).toEqual([{ name: 'Ours', n: 1 }]);
    expect(await world.db.inOneStatement(other.scope, names, [1])).toEqual([{ name: 'Theirs', n: 1 }]);
  });

  test('is there for all when its promise resolves', async () => {
    await world.db.inOneStatement(world.scope, add, [world.scope.workspaceId, 'Kept']);
    const seen = await asAdmin(world.database.adminUrl, async (admin) => (await admin.query(`delete from client where name = 'Kept' returning name`)).rowCount);
    expect(seen).toBe(1);
  });

  test('after a migration has changed it: alone it is prepared anew at once, in a transaction when that is tried again', async () => {
    const alone = (n: number) => world.db.inOneStatement<Named>(other.scope, names, [n]);
    const within = (n: number) => world.db.inWorkspace(other.scope, (tx) => executePrepared<Named>(tx, names, [n]));
    const everywhere = (ask: (n: number) => Promise<Named[]>) => Promise.allSettled([1, 2, 3, 4, 5, 6].map(ask));
    const fine = [1, 2, 3, 4, 5, 6].map((n) => ({ status: 'fulfilled', value: [{ name: 'Theirs', n }] }));
    expect(await everywhere(alone)).toEqual(fine);
    await asAdmin(world.database.adminUrl, (admin) => admin.query('alter table client alter column name type varchar(300)'));
    expect(await everywhere(alone)).toEqual(fine);
    await asAdmin(world.database.adminUrl, (admin) => admin.query('alter table client alter column name type text'));
    await everywhere(within);
    expect(await everywhere(within)).toEqual(fine);
  });
});

describe('looking everything up by its key', () => {
  const settings = `select current_setting('enable_seqscan') as seq, current_setting('enable_bitmapscan') as bitmap, current_setting('plan_cache_mode') as plans`;
  const shown = new Prepared(settings);

  test('holds for that transaction only, and for what is prepared alone', async () => {
    const by = { seq: 'off', bitmap: 'off', plans: 'force_generic_plan' };
    const free = { seq: 'on', bitmap: 'on', plans: 'auto' };
    const ask = (keyed: boolean) => world.db.inWorkspace(world.scope, (tx) => tx.em.execute(settings), { keyed });
    const found = await Promise.all([true, false, true, false, true, false].map(ask));
    expect(found).toEqual([[by], [free], [by], [free], [by], [free]]);
    expect(await world.db.inOneStatement(world.scope, shown, [])).toEqual([by]);
    for (const keyed of [false, false, false]) expect(await ask(keyed)).toEqual([free]);
    expect(await world.db.reading(world.scope, (tx) => tx.em.execute(settings))).toEqual([free]);
  });
});
