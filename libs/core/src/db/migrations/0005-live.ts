import { Migration } from '@mikro-orm/migrations';
import { reference, tenantTable } from './statements.js';

/** Live hints, who is looking, devices to notify, and messages that may disturb at any hour. */
export class MigrationLive extends Migration {
  override up(): void {
    for (const statement of [...hints, ...presence, ...pushes, ...quiet]) this.addSql(statement);
  }
}

const hints = [
  `create table "live_hint" ("id" uuid not null, "workspace_id" uuid not null, "created_at" timestamptz(3) not null, "xact" xid8 not null default pg_current_xact_id(), "entity" text not null, "entity_id" uuid not null, "version" int null, "creator_id" uuid null, "campaign_id" uuid null, primary key ("id"))`,
  'create index "live_hint_xact_index" on "live_hint" ("xact")',
  'create index "live_hint_created_at_index" on "live_hint" ("created_at")',
  ...tenantTable('live_hint'),
];

const presence = [
  `create table "creator_presence" ("id" uuid not null, "workspace_id" uuid not null, "created_at" timestamptz(3) not null, "creator_id" uuid not null, "until" timestamptz(3) not null, primary key ("id"))`,
  'create index "creator_presence_creator_id_until_index" on "creator_presence" ("creator_id", "until")',
  ...tenantTable('creator_presence'),
  ...reference('creator_presence', 'creator_id', 'creator'),
];

const pushes = [
  `create table "push_subscription" ("id" uuid not null, "workspace_id" uuid not null, "created_at" timestamptz(3) not null, "creator_id" uuid not null, "endpoint_hash" text not null, "host" text not null, "sealed" bytea not null, "last_sent_at" timestamptz(3) null, primary key ("id"))`,
  'alter table "push_subscription" add constraint "push_subscription_creator_id_endpoint_hash_unique" unique ("creator_id", "endpoint_hash")',
  ...tenantTable('push_subscription'),
  ...reference('push_subscription', 'creator_id', 'creator'),
  `create table "push" ("id" uuid not null, "workspace_id" uuid not null, "created_at" timestamptz(3) not null, "message_id" uuid not null, "subscription_id" uuid not null, "status" text not null default 'waiting', "code" text null, "done_at" timestamptz(3) null, "attempts" int not null default 0, "retry_at" timestamptz(3) null, primary key ("id"))`,
  'alter table "push" add constraint "push_message_id_subscription_id_unique" unique ("message_id", "subscription_id")',
  `alter table "push" add constraint "push_status_check" check ("status" in ('waiting', 'sent', 'skipped', 'failed'))`,
  ...tenantTable('push'),
  ...reference('push', 'message_id', 'message'),
];

const quiet = ['alter table "message" add column "ignore_quiet_hours" boolean not null default false'];
