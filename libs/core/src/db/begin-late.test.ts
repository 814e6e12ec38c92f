import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { twoWorkspaces, type TwoWorkspaces } from '@sevenfold/testing/factories';
import { Prepared } from './prepared.js';

let world: TwoWorkspaces['world'];
let other: TwoWorkspaces['other'];
beforeAll(async () => {
  ({ world, other } = await twoWorkspaces());
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const seenSql = 'select name, current_setting(\'app.workspace\', true) as context from client order by name';
const seen = new Prepared(seenSql);
type Seen = { name: string; context: string };
const insertSql = 'insert into client (id, workspace_id, created_at, name) values (gen_random_uuid(), ?, now(), ?) returning name';
const insert = new Prepared('insert into client (id, workspace_id, created_at, name) values (gen_random_uuid(), $1, now(), $2) returning name');
const divide = new Prepared('select 1 / $1::int');

describe('a transaction that begins with its first statement', () => {
  test('sees its own workspace, however many run at once over few connections', async () => {
    const scopes = Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? world.scope : other.scope));
    const found = await Promise.all(scopes.map((scope, n) =>
      n % 3 === 0 ? world.db.inOneStatement<Seen>(scope, seen, []) : world.db.inWorkspace(scope, (tx) => tx.em.execute<Seen[]>(seenSql))));
    for (const [n, rows] of found.entries()) {
      const scope = n % 2 === 0 ? world.scope : other.scope;
      expect(rows).toEqual([{ name: n % 2 === 0 ? 'Ours' : 'Theirs', context: scope.workspaceId }]);
    }
  });

  test('leaves no workspace behind, done or failed', async () => {
    await world.db.inOneStatement(world.scope, seen, []);
    await expect(world.db.inOneStatement(world.scope, divide, [0])).rejects.toThrow('division by zero');
    await expect(world.db.inWorkspace(world.scope, (tx) => tx.em.execute('select 1 / 0'))).rejects.toThrow('division by zero');
    await expect(world.db.inWorkspace(world.scope, () => Promise.reject(new Error('before anything')))).rejects.toThrow('before anything');
    await world.db.inWorkspace(world.scope, () => Promise.resolve());
    // Nothing but `select 1` is asked outside a workspace; so look from one that is nobody's.
    const nobody = { ...world.scope, workspaceId: '00000000-0000-4000-8000-000000000000' };
    for (let n = 0; n < 4; n += 1) expect(await world.db.inOneStatement(nobody, seen, [])).toEqual([]);
    await world.db.ping();
  });

  test('is taken back whole when it throws, and what is one statement commits by itself', async () => {
    const failing = world.db.inWorkspace(world.scope, async (tx) => {
      await tx.em.execute(insertSql, [world.scope.workspaceId, 'Lost']);
      throw new Error('afterwards');
    });
    await expect(failing).rejects.toThrow('afterwards');
    expect(await world.db.inOneStatement(world.scope, insert, [world.scope.workspaceId, "Kept'; drop table x; --"])).toEqual([{ name: "Kept'; drop table x; --" }]);
    expect((await world.db.inOneStatement<Seen>(world.scope, seen, [])).map(({ name }) => name)).toEqual(["Kept'; drop table x; --", 'Ours']);
  });

  test('writes into no other workspace', async () => {
    await expect(world.db.inOneStatement(world.scope, insert, [other.scope.workspaceId, 'Smuggled'])).rejects.toThrow('row-level security');
    await expect(world.db.inWorkspace(world.scope, (tx) => tx.em.execute(insertSql, [other.scope.workspaceId, 'Smuggled']))).rejects.toThrow('row-level security');
  });

  test('one statement takes part in what happens at once', async () => {
    const work = async (): Promise<void> => {
      await world.db.inOneStatement(world.scope, insert, [world.scope.workspaceId, 'Gone']);
      throw new Error('no');
    };
    await expect(world.db.atOnce(world.scope, { first: () => Promise.resolve(undefined), work, last: () => Promise.reject(new Error('not kept')) })).rejects.toThrow('not kept');
    expect((await world.db.inOneStatement<Seen>(world.scope, seen, [])).map(({ name }) => name)).not.toContain('Gone');
  });
});
