import { Migration } from '@mikro-orm/migrations';
import { reference, systemTable, tenantTable } from './statements.js';

/** Files of messages, in and out, and how many pieces a provider made of a message. */
export class MigrationAttachments extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "message_attachment" ("id" uuid not null, "workspace_id" uuid not null, "created_at" timestamptz(3) not null, "message_id" uuid null, "position" int not null default 0, "role" text not null default 'attachment', "status" text not null default 'kept', "filename" text not null, "content_type" text not null, "size" int null, "sha256" text null, "blob_id" uuid null, "content_id" text null, "uploaded_by" uuid null, "source" text null, "reason" text null, primary key ("id"))`,
  `create index "message_attachment_message_id_position_index" on "message_attachment" ("message_id", "position")`,
  `create index "message_attachment_blob_id_index" on "message_attachment" ("blob_id")`,
  `alter table "message_attachment" add constraint "message_attachment_role_check" check ("role" in ('attachment', 'inline', 'source'))`,
  `alter table "message_attachment" add constraint "message_attachment_status_check" check ("status" in ('waiting', 'kept', 'failed'))`,
  // Uploads nobody has sent are few; looked for by who made them, and by their age.
  `create index "message_attachment_unsent_index" on "message_attachment" ("uploaded_by", "created_at") where "message_id" is null`,
  ...tenantTable('message_attachment'),
  ...reference('message_attachment', 'message_id', 'message'),
  ...reference('message_attachment', 'blob_id', 'blob'),
  `create table "inbound_part" ("item_id" uuid not null references "inbound_item" ("id") on delete cascade, "seq" int not null, "created_at" timestamptz(3) not null, "role" text not null, "filename" text null, "content_type" text not null, "content_id" text null, "bytes" bytea not null, primary key ("item_id", "seq"))`,
  `alter table "inbound_part" add constraint "inbound_part_role_check" check ("role" in ('attachment', 'inline', 'source'))`,
  ...systemTable('inbound_part'),
  `alter table "message" add column "attachments" int not null default 0`,
  `alter table "delivery" add column "segments" int null`,
];
