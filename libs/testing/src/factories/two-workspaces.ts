import { createClient } from '@sevenfold/core/workspaces';
import { coreWorld, type CoreWorld } from './core-world.js';
import { aWorkspace, type TestWorkspace } from './workspace.js';

export interface TwoWorkspaces {
  world: CoreWorld;
  other: TestWorkspace;
}

/**
 * A world with a second workspace, and one client in each, `Ours` and `Theirs`, to tell by what is seen of whom. Over two connections,
 * so that whatever stays behind on one is met by the next.
 */
export async function twoWorkspaces(): Promise<TwoWorkspaces> {
  const world = await coreWorld({ poolSize: 2 });
  const other = await aWorkspace(world, { owner: { name: 'B', email: 'other@b.test' } });
  await world.db.inWorkspace(world.scope, (tx) => createClient(tx, { name: 'Ours' }));
  await world.db.inWorkspace(other.scope, (tx) => createClient(tx, { name: 'Theirs' }));
  return { world, other };
}
