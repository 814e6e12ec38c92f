import { Migration } from '@mikro-orm/migrations';
import { systemTable } from './statements.js';

/** Mail that comes in: how a later one refers to it, what of it only quotes, how far mailboxes are read. */
export class MigrationMailIn extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  'alter table "message" add column "provider_id" text null, add column "quoted_from" int null',
  // Only what came in has one, and it is looked for among one creator's.
  'create index "message_provider" on "message" ("creator_id", "provider_id") where "provider_id" is not null',
  // Nobody writes their own address the same way every time.
  'create index "contact_point_anycase" on "contact_point" ("channel", lower("address"))',
  'alter table "inbound_item" add column "routed_message_id" uuid null',
  'create index "inbound_item_routed_message_id_index" on "inbound_item" ("routed_message_id")',
  'create table "receiver_cursor" ("channel" text not null, "name" text not null, "value" jsonb not null, "updated_at" timestamptz(3) not null, primary key ("channel", "name"))',
  ...systemTable('receiver_cursor'),
];
