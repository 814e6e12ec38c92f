import { Migration } from '@mikro-orm/migrations';
import { noticeKinds } from '@sevenfold/domain/notices';
import { reference, tenantTable, widenEnum } from './statements.js';

/** Members' own mailboxes, and which message left by which. */
export class MigrationMailboxes extends Migration {
  override up(): void {
    const statements = [
      `create table mailbox (id uuid not null, workspace_id uuid not null, created_at timestamptz(3) not null, updated_at timestamptz(3) not null,
         member_id uuid not null, channel text not null, address text not null, name text null, settings jsonb not null, sealed bytea null,
         version int not null default 1, paused_at timestamptz(3) null, disconnected_at timestamptz(3) null, smtp_trouble jsonb null,
         imap_trouble jsonb null, cursor jsonb null, read_from timestamptz(3) not null, read_at timestamptz(3) null, primary key (id))`,
      'create index mailbox_member_id_index on mailbox (member_id)',
      // Each member has one, and no mailbox is two members'.
      'create unique index mailbox_one_of_member on mailbox (workspace_id, member_id) where disconnected_at is null',
      'create unique index mailbox_one_of_address on mailbox (workspace_id, channel, lower(address)) where disconnected_at is null',
      ...tenantTable('mailbox'),
      ...reference('mailbox', 'member_id', 'member'),
      'alter table delivery add column mailbox_id uuid null',
      ...reference('delivery', 'mailbox_id', 'mailbox'),
      ...widenEnum('notice', 'kind', noticeKinds),
    ];
    for (const statement of statements) this.addSql(statement);
  }
}
