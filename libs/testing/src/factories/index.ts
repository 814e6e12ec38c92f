export { coreWorld, fakePlugins, type CoreWorld, type CoreWorldOptions } from './core-world.js';
export { aClient, aCreator, aLink, aMember, type TestMember } from './people.js';
export { twoWorkspaces, type TwoWorkspaces } from './two-workspaces.js';
export { aWorkspace, type TestWorkspace } from './workspace.js';
