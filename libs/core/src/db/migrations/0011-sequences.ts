import { Migration } from '@mikro-orm/migrations';
import { reference, tenantTable } from './statements.js';

/** Follow-up sequences and saved replies. */
export class MigrationSequences extends Migration {
  override up(): void {
    const statements = [
      `create table sequence (id uuid not null, workspace_id uuid not null, created_at timestamptz(3) not null, name text not null, steps jsonb not null,
         version int not null default 1, updated_at timestamptz(3) not null, archived_at timestamptz(3) null, primary key (id))`,
      'create index sequence_workspace_id_created_at_index on sequence (workspace_id, created_at)',
      'create unique index sequence_one_name on sequence (workspace_id, lower(name)) where archived_at is null',
      ...tenantTable('sequence'),
      `create table sequence_run (id uuid not null, workspace_id uuid not null, created_at timestamptz(3) not null, sequence_id uuid not null,
         creator_id uuid not null, campaign_id uuid null, started_by_member_id uuid null, steps jsonb not null, status text not null default 'running',
         next_step int not null default 0, next_at timestamptz(3) null, sent int not null default 0, skipped int not null default 0,
         last_message_id uuid null, stop_reason text null, ended_at timestamptz(3) null, primary key (id))`,
      `alter table sequence_run add constraint "sequence_run_status_check" check ("status" in ('running', 'done', 'stopped'))`,
      `alter table sequence_run add constraint "sequence_run_stop_reason_check" check ("stop_reason" in ('reply', 'application', 'opt_out', 'by_hand', 'missing_variable', 'unreachable', 'campaign_over'))`,
      'create index sequence_run_workspace_id_created_at_index on sequence_run (workspace_id, created_at)',
      'create index sequence_run_sequence_id_status_index on sequence_run (sequence_id, status)',
      'create index sequence_run_creator_id_status_index on sequence_run (creator_id, status)',
      // A creator is in a sequence once at a time.
      `create unique index sequence_run_one on sequence_run (sequence_id, creator_id) where status = 'running'`,
      ...tenantTable('sequence_run'),
      ...reference('sequence_run', 'sequence_id', 'sequence'),
      ...reference('sequence_run', 'creator_id', 'creator'),
      ...reference('sequence_run', 'campaign_id', 'campaign'),
      ...reference('sequence_run', 'started_by_member_id', 'member'),
      `create table saved_reply (id uuid not null, workspace_id uuid not null, created_at timestamptz(3) not null, updated_at timestamptz(3) not null,
         name text not null, text text not null, subject text null, version int not null default 1, primary key (id))`,
      'create unique index saved_reply_one_name on saved_reply (workspace_id, lower(name))',
      ...tenantTable('saved_reply'),
    ];
    for (const statement of statements) this.addSql(statement);
  }
}
