import { MigrationTables } from './migration-tables.js';
import { MigrationSecurity } from './migration-security.js';

/** Every migration in the order they run, listed one by one. What has been released is never edited, only followed. */
export const migrations = [
  { name: '0001-tables', class: MigrationTables },
  { name: '0002-security', class: MigrationSecurity },
];
