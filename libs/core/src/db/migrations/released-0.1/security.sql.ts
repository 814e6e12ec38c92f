import { tenantTables } from './tenant-tables.js';

const app = 'sevenfold_app';
const system = 'sevenfold_system';
const context = `nullif(current_setting('app.workspace', true), '')::uuid`;

/** Written once, read for ever: not even a mistake of ours may change what happened. */
const appendOnly = ['audit_entry', 'delivery_event'];

const rowSecurity = (table: string, column: string): string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy tenant on ${table} using (${column} = ${context}) with check (${column} = ${context})`,
];

const belongsToWorkspace = (table: string): string =>
  `alter table ${table} add constraint ${table}_workspace_fk foreign key (workspace_id) references workspace (id) ` +
  'deferrable initially deferred';

const rights = (table: string): string =>
  `grant ${appendOnly.includes(table) ? 'select, insert' : 'select, insert, update, delete'} on ${table} to ${app}`;

/** What is true for some rows only. */
const partialIndexes = [
  // One open agreement at a time: two presses of "send" cannot both win.
  `create unique index agreement_one_open on agreement (campaign_id, creator_id) where status in ('pending', 'accepted')`,
  // The workspace's own key has no creator, and is one as well.
  'alter table data_key add constraint data_key_one unique nulls not distinct (workspace_id, creator_id)',
  // Likewise one address typed by the team, which belongs to no campaign, and one per start.
  'alter table creator_address add constraint creator_address_one unique nulls not distinct (creator_id, source, campaign_id)',
  // One open question to customer success per creator and campaign.
  `create unique index customer_success_request_one_open on customer_success_request (campaign_id, creator_id) where status = 'open'`,
  'create index outbox_item_open on outbox_item (available_at) where done_at is null',
  'create index due_item_open on due_item (due_at) where done_at is null',
  'create index inbound_item_unrouted on inbound_item (received_at) where routed_at is null',
  // One index for each way the inbox is read.
  'create index thread_unread on thread (workspace_id, last_message_at, id) where unread > 0',
  'create index message_thread_campaign on message (thread_id, campaign_id)',
  'create index idempotency_record_expires on idempotency_record (expires_at)',
];

/** Row-level security for every table of a workspace, and what each role may do. */
export function securitySql(): string[] {
  return [
    ...tenantTables.map(belongsToWorkspace),
    ...tenantTables.flatMap((table) => rowSecurity(table, 'workspace_id')),
    ...rowSecurity('workspace', 'id'),
    ...partialIndexes,
    `grant usage on schema public to ${app}, ${system}`,
    ...tenantTables.map(rights),
    `grant select, update on workspace to ${app}`,
    // Outside tenancy and before routing nobody knows whose an inbound item is, so the app role never sees one.
    `grant select, insert, update, delete on ${[...tenantTables, 'workspace', 'inbound_item'].join(', ')} to ${system}`,
  ];
}
