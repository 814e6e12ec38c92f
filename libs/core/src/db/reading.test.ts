import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { asAdmin } from '@sevenfold/testing/postgres';
import { twoWorkspaces, type TwoWorkspaces } from '@sevenfold/testing/factories';
import { audit } from '../audit/audit.js';
import { Prepared } from './prepared.js';
import { Client } from '../workspaces/client.entity.js';
import { createClient } from '../workspaces/index.js';

let world: TwoWorkspaces['world'];
let other: TwoWorkspaces['other'];
beforeAll(async () => {
  ({ world, other } = await twoWorkspaces());
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const names = 'select name from client order by name';
const insert = `insert into client (id, workspace_id, created_at, name) values (gen_random_uuid(), ?, now(), 'Written')`;
const readOnly = expect.objectContaining({ code: '25006' });

describe('reading', () => {
  test('sees its own workspace in every statement, by SQL and by entities, however many run at once over few connections', async () => {
    const found = await Promise.all(Array.from({ length: 40 }, (_, n) => {
      const { scope } = n % 2 === 0 ? world : other;
      return world.db.reading(scope, async (tx) => [
        ...(await tx.em.execute<{ name: string }[]>(names)).map(({ name }) => name),
        ...(await tx.em.findAll(Client)).map(({ name }) => name),
        ...(await tx.em.execute<{ name: string }[]>('select name from client where name <> ?', ["'; drop table x; --"])).map(({ name }) => name),
      ]);
    }));
    for (const [n, all] of found.entries()) expect(new Set(all)).toEqual(new Set([n % 2 === 0 ? 'Ours' : 'Theirs']));
    for (const all of found) expect(all).toHaveLength(3);
  });

  test('leaves neither workspace nor read-only behind', async () => {
    await world.db.reading(world.scope, (tx) => tx.em.execute(names));
    await expect(world.db.reading(world.scope, (tx) => tx.em.execute('select 1 / 0'))).rejects.toThrow('division by zero');
    const nobody = { ...world.scope, workspaceId: '00000000-0000-4000-8000-000000000000' };
    for (let n = 0; n < 4; n += 1) expect(await world.db.reading(nobody, (tx) => tx.em.execute(names))).toEqual([]);
    await world.db.inWorkspace(other.scope, (tx) => createClient(tx, { name: 'Theirs, later' }));
    await world.db.inWorkspace(other.scope, (tx) => tx.em.execute(`delete from client where name = 'Theirs, later'`));
  });

  test('writes nothing and locks nothing, however it is asked to', async () => {
    await expect(world.db.reading(world.scope, (tx) => tx.em.execute(insert, [world.scope.workspaceId]))).rejects.toEqual(readOnly);
    await expect(world.db.reading(world.scope, (tx) => tx.em.execute('select 1 from client for update'))).rejects.toEqual(readOnly);
    await expect(world.db.reading(world.scope, async (tx) => createClient(tx, { name: 'Forgotten' }))).rejects.toThrow();
    await expect(world.db.reading(world.scope, async (tx) => audit(tx, { action: 'client.created', entity: 'client', entityId: world.scope.workspaceId }))).rejects.toThrow();
    await expect(world.db.reading(world.scope, async (tx) => { (await tx.em.findOneOrFail(Client, { name: 'Ours' })).name = 'Changed'; })).rejects.toThrow();
    await expect(world.db.reading(world.scope, (tx) => tx.em.transactional((em) => em.execute(names)))).rejects.toThrow();
    expect(await world.db.reading(world.scope, (tx) => tx.em.execute(names))).toEqual([{ name: 'Ours' }]);
  });

  test('takes part in what happens at once, and sees what that has written', async () => {
    const seen = await world.db.atOnce(world.scope, {
      first: () => Promise.resolve(undefined),
      work: async () => {
        await world.db.inWorkspace(world.scope, (tx) => tx.em.execute(insert, [world.scope.workspaceId]));
        return world.db.reading(world.scope, (tx) => tx.em.execute<{ name: string }[]>(names));
      },
      last: () => Promise.resolve(),
    });
    expect(seen).toEqual([{ name: 'Ours' }, { name: 'Written' }]);
  });

  test('a hostile workspace is a value, not SQL', async () => {
    await expect(world.db.reading({ ...world.scope, workspaceId: `x', true); drop table client; --` }, (tx) => tx.em.execute(names))).rejects.toThrow('uuid');
    expect(await world.db.reading(other.scope, (tx) => tx.em.execute(names))).toEqual([{ name: 'Theirs' }]);
  });
});

describe('a statement that is prepared', () => {
  const sql = new Prepared('select name, $1::int as n from client where workspace_id = $2 order by name');
  const divide = new Prepared('select 7 / $1::int as n');

  test('sees every workspace, and is prepared anew where a migration has changed it', async () => {
    const ask = (n: number, { workspaceId } = other.scope) => world.system.inOneStatement<{ name: string; n: number }>(sql, [n, workspaceId]);
    const several = () => Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(async (n) => expect(await ask(n)).toEqual([{ name: 'Theirs', n }])));
    await several();
    await several();
    await asAdmin(world.database.adminUrl, (admin) => admin.query('alter table client alter column name type varchar(300)'));
    await several();
  });

  test('refusals are those of the ORM, and leave the connection', async () => {
    await expect(world.system.inOneStatement(divide, [0])).rejects.toMatchObject({ name: 'DriverException', code: '22012' });
    expect(await world.system.inOneStatement(divide, [1])).toEqual([{ n: 7 }]);
  });
});
