import { Migration } from '@mikro-orm/migrations';
import { noticeKinds } from '@sevenfold/domain/notices';
import { reference, tenantTable, widenEnum } from './statements.js';

/** A workspace's own texts, version by version. */
export class MigrationTemplates extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "template" ("id" uuid not null, "workspace_id" uuid not null, "created_at" timestamptz(3) not null, "key" text not null, "language" text not null, "campaign_id" uuid null, "version" int not null default 0, "updated_at" timestamptz(3) not null, "problem" jsonb null, primary key ("id"))`,
  'create index "template_workspace_id_key_index" on "template" ("workspace_id", "key")',
  'create index "template_campaign_id_index" on "template" ("campaign_id")',
  // The workspace's own text has no campaign, and is one as well.
  'alter table template add constraint template_one unique nulls not distinct (workspace_id, key, language, campaign_id)',
  ...tenantTable('template'),
  ...reference('template', 'campaign_id', 'campaign'),
  `create table "template_version" ("id" uuid not null, "workspace_id" uuid not null, "created_at" timestamptz(3) not null, "template_id" uuid not null, "number" int not null, "forms" jsonb null, "member_id" uuid null, "note" text null, "restored_from" int null, primary key ("id"))`,
  'alter table "template_version" add constraint "template_version_template_id_number_unique" unique ("template_id", "number")',
  ...tenantTable('template_version', { appendOnly: true }),
  ...reference('template_version', 'template_id', 'template'),
  ...reference('template_version', 'member_id', 'member'),
  ...widenEnum('notice', 'kind', noticeKinds),
];
