export { realDataDir } from './place.js';
export {
  asAdmin,
  createDatabase,
  createPlainDatabase,
  createRoles,
  databaseRoles,
  databaseUrls,
  type DatabaseRole,
  type DatabaseUrls,
  type RolePasswords,
} from './roles.js';
export { readRows } from './read-rows.js';
export { takeSnapshot, type Snapshot } from './snapshot.js';
export { sharedPostgres, testPasswords } from './shared.js';
export { startPostgres, stopLeftOver, type RunningPostgres, type StartPostgresOptions } from './start.js';
export { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from './test-database.js';
