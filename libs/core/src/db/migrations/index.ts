import type { ListedMigration } from '../migrating/serving-migration.js';
import { MigrationBulk } from './0008-bulk.js';
import { MigrationMailIn } from './0003-mail-in.js';
import { inboxBackfills, MigrationInbox } from './0009-inbox.js';
import { MigrationClock } from './0010-clock.js';
import { MigrationSequences } from './0011-sequences.js';
import { MigrationFacetsByKey } from './0013-facets-by-key.js';
import { MigrationMailboxes } from './0012-mailboxes.js';
import { MigrationLive } from './0005-live.js';
import { MigrationAttachments } from './0004-attachments.js';
import { MigrationTemplates } from './0006-templates.js';
import { MigrationThreads } from './0007-threads.js';
import { MigrationSecurity } from './released-0.1/migration-security.js';
import { MigrationTables } from './released-0.1/migration-tables.js';

/** Every migration in the order they run, listed one by one. What has been released is never edited, only followed. */
export const migrations: readonly ListedMigration[] = [
  { name: '0001-tables', class: MigrationTables },
  { name: '0002-security', class: MigrationSecurity },
  { name: '0003-mail-in', class: MigrationMailIn },
  { name: '0004-attachments', class: MigrationAttachments },
  { name: '0005-live', class: MigrationLive },
  { name: '0006-templates', class: MigrationTemplates },
  { name: '0007-threads', class: MigrationThreads },
  { name: '0008-bulk', class: MigrationBulk },
  { name: '0009-inbox', class: MigrationInbox, backfills: inboxBackfills },
  { name: '0010-clock', class: MigrationClock },
  { name: '0011-sequences', class: MigrationSequences },
  { name: '0012-mailboxes', class: MigrationMailboxes },
  { name: '0013-facets-by-key', class: MigrationFacetsByKey },
];
