import { tenantTables as released } from './released-0.1/tenant-tables.js';

/** Every table whose rows belong to one workspace: those of 0.1, and what came since. A test compares this list with the database. */
export const tenantTables = [
  ...released,
  'broadcast_chunk',
  'broadcast_skip',
  'creator_presence',
  'live_hint',
  'mailbox',
  'message_attachment',
  'push',
  'push_subscription',
  'saved_reply',
  'sequence',
  'sequence_run',
  'template',
  'template_version',
  'thread_facet',
  'tray_item',
] as const;
