import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aWorkspace, coreWorld, type CoreWorld } from '@sevenfold/testing/factories';
import { createClient } from '../workspaces/index.js';

let world: CoreWorld;
beforeAll(async () => {
  world = await coreWorld();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const names = async (): Promise<string[]> => (await world.rows<{ name: string }>('select name from client order by name')).map(({ name }) => name);
const make = (name: string) => world.db.inWorkspace(world.scope, (tx) => createClient(tx, { name }));
const nothing = { first: () => Promise.resolve(undefined), last: () => Promise.resolve() };

test('what happens at once commits at the end, or not at all', async () => {
  await world.db.atOnce(world.scope, {
    ...nothing,
    work: async () => {
      await make('One');
      await make('Two');
      expect(await names()).not.toContain('One');
    },
  });
  expect(await names()).toEqual(expect.arrayContaining(['One', 'Two']));
  const failing = world.db.atOnce(world.scope, {
    ...nothing,
    work: async () => {
      await make('Three');
      // Told as taken, and swallowed: its transaction is lost all the same.
      await make('One').catch(() => undefined);
    },
  });
  await expect(failing).rejects.toMatchObject({ code: 'conflict' });
  expect(await names()).not.toContain('Three');
});

test('what is thrown after the last transaction undoes nothing, and is seen at the end', async () => {
  const ends: unknown[] = [];
  const work = async (): Promise<void> => {
    await make('Four');
    throw new Error('afterwards');
  };
  await expect(world.db.atOnce(world.scope, { ...nothing, work, last: async (_tx, ended) => void ends.push(ended) })).rejects.toThrow('afterwards');
  expect(await names()).toContain('Four');
  expect(ends).toEqual([{ error: expect.objectContaining({ message: 'afterwards' }) }]);
});

test('an answer known before keeps the work from being done', async () => {
  const first = () => Promise.resolve({ value: 'known' });
  expect(await world.db.atOnce(world.scope, { first, work: () => Promise.reject(new Error('done')), last: () => Promise.resolve() })).toBe('known');
});

test('another workspace, and the system, have transactions of their own in the middle of ours', async () => {
  const other = await aWorkspace(world, { owner: { name: 'B', email: 'other@b.test' } });
  await world.db.inWorkspace(world.scope, async (tx) => {
    await createClient(tx, { name: 'Open' });
    await world.db.inWorkspace(other.scope, async (theirs) => {
      expect(await theirs.em.execute('select name from client where workspace_id = ?', [world.scope.workspaceId])).toEqual([]);
      await createClient(theirs, { name: 'Theirs' });
    });
    expect(await names()).toContain('Theirs');
    expect(await names()).not.toContain('Open');
    const [role] = await world.system.transaction((em) => em.execute<{ name: string }[]>('select current_user as name'));
    expect(role?.name).toBe('sevenfold_system');
  });
  expect(await names()).toContain('Open');
});
