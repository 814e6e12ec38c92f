import { Migration } from '@mikro-orm/migrations';
import { trayStatuses } from '../../inbox/tray/tray-item.entity.js';
import { reference, systemTable, tenantTable } from './statements.js';

/** The tray of messages without a creator. */
export class MigrationThreads extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "tray_item" ("id" uuid not null, "workspace_id" uuid not null, "created_at" timestamptz(3) not null, "item_id" uuid not null, "channel" text not null, "sender" text null, "recipient" text not null, "subject" text null, "text" text not null, "files" jsonb not null, "received_at" timestamptz(3) not null, "reason" text not null, "candidates" jsonb not null, "status" text not null default 'open', "done_at" timestamptz(3) null, "done_by_member_id" uuid null, "message_id" uuid null, primary key ("id"))`,
  'alter table "tray_item" add constraint "tray_item_item_id_unique" unique ("item_id")',
  'create index "tray_item_workspace_id_status_received_at_id_index" on "tray_item" ("workspace_id", "status", "received_at", "id")',
  'create index "tray_item_message_id_index" on "tray_item" ("message_id")',
  `alter table "tray_item" add constraint "tray_item_status_check" check ("status" in (${trayStatuses.map((status) => `'${status}'`).join(', ')}))`,
  ...tenantTable('tray_item'),
  ...reference('tray_item', 'done_by_member_id', 'member'),
  `create table "tray_route" ("channel" text not null, "address" text not null, "target_workspace_id" uuid not null, "created_at" timestamptz(3) not null, primary key ("channel", "address"))`,
  'alter table "tray_route" add constraint "tray_route_workspace_fk" foreign key ("target_workspace_id") references "workspace" ("id")',
  ...systemTable('tray_route'),
];
