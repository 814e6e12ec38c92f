import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aWorkspace, coreWorld, type CoreWorld } from '@sevenfold/testing/factories';
import { Client } from '../workspaces/client.entity.js';
import { createClient } from '../workspaces/index.js';
import { connect, connectBeside } from './index.js';

let world: CoreWorld;
beforeAll(async () => {
  world = await coreWorld();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

test('a role connected beside another reads and writes entities as itself, over a connection of its own', async () => {
  const other = await aWorkspace(world, { owner: { name: 'B', email: 'b@beside.test' } });
  for (const { scope } of [world, other]) await world.db.inWorkspace(scope, (tx) => createClient(tx, { name: 'Beside' }));
  const app = await connect(world.database.appUrl, 1);
  const system = await connectBeside(app, world.database.systemUrl, 1);
  try {
    expect(await system.em.fork().count(Client, { name: 'Beside' })).toBe(2);
    expect(await app.em.fork().count(Client, { name: 'Beside' })).toBe(0);
    const em = system.em.fork();
    for (const each of await em.find(Client, { name: 'Beside' })) each.name = 'Renamed';
    await em.flush();
    expect(await system.em.fork().count(Client, { name: 'Renamed' })).toBe(2);
    // One map of entities for everybody is refused, as in the first.
    await expect(system.em.count(Client, {})).rejects.toThrow(/global/);
    await app.close();
    expect(await system.em.fork().count(Client, { name: 'Renamed' })).toBe(2);
  } finally {
    await system.close();
  }
});
