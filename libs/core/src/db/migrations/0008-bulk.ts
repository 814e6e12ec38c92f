import { Migration } from '@mikro-orm/migrations';
import { broadcastStatuses } from '../../broadcasts/broadcast.entity.js';
import { skipReasons } from '../../broadcasts/broadcast-skip.entity.js';
import { messageKinds, messagePurposes } from '../../inbox/message-kinds.js';
import { noticeKinds } from '@sevenfold/domain/notices';
import { tenantTable, reference, widenEnum } from './statements.js';

const oneOf = (column: string, values: readonly string[]): string => `check ("${column}" in (${values.map((value) => `'${value}'`).join(', ')}))`;

/** Bulk: broadcasts as drafts, their recipients, and one budget per sender. */
export class MigrationBulk extends Migration {
  override up(): void {
    const statements = [
      `alter table broadcast add column name text null, add column selection jsonb null, add column texts jsonb null,
         add column purpose text null, add column channel text null, add column rate_per_second double precision null,
         add column send_at timestamptz(3) null, add column time_zone text null, add column sent_at timestamptz(3) null,
         add column sent_by_member_id uuid null, add column started_at timestamptz(3) null, add column paused_at timestamptz(3) null,
         add column cancelled_at timestamptz(3) null, add column ticks jsonb null, add column version int not null default 0`,
      ...widenEnum('broadcast', 'purpose', messagePurposes),
      ...widenEnum('broadcast', 'status', broadcastStatuses),
      ...['broadcast', 'message'].flatMap((table) => widenEnum(table, 'kind', messageKinds)),
      ...widenEnum('notice', 'kind', noticeKinds),
      ...reference('broadcast', 'sent_by_member_id', 'member'),
      'create index broadcast_workspace_id_created_at_index on broadcast (workspace_id, created_at)',
      `create table broadcast_chunk (id uuid not null, workspace_id uuid not null, created_at timestamptz(3) not null, broadcast_id uuid not null,
         position int not null, creator_ids jsonb not null, size int not null, written_at timestamptz(3) null, cancelled_at timestamptz(3) null,
         primary key (id))`,
      'alter table broadcast_chunk add constraint broadcast_chunk_broadcast_id_position_unique unique (broadcast_id, position)',
      ...tenantTable('broadcast_chunk'),
      ...reference('broadcast_chunk', 'broadcast_id', 'broadcast'),
      `create table broadcast_skip (id uuid not null, workspace_id uuid not null, created_at timestamptz(3) not null, broadcast_id uuid not null,
         creator_id uuid not null, reason text not null, variables jsonb null, primary key (id))`,
      `alter table broadcast_skip add constraint "broadcast_skip_reason_check" ${oneOf('reason', skipReasons)}`,
      'alter table broadcast_skip add constraint broadcast_skip_broadcast_id_creator_id_unique unique (broadcast_id, creator_id)',
      ...tenantTable('broadcast_skip'),
      ...reference('broadcast_skip', 'broadcast_id', 'broadcast'),
      // No reference to the creator: of one with whom nothing else has happened, nothing stays when they are removed.
      'alter table message add column round int not null default 0',
      `alter table delivery add column round int not null default 0, add column resolution text null`,
      ...widenEnum('delivery', 'resolution', ['left', 'resent']),
      // A message may be tried again on the same channel when the team says so.
      'alter table delivery add constraint delivery_message_id_channel_round_unique unique (message_id, channel, round)',
      'alter table delivery drop constraint delivery_message_id_channel_unique',
      // Marks change no column of an index and find room on their own page, so that no index of a long text is touched by them.
      'create index message_broadcast_id_index on message (broadcast_id)',
      'drop index message_broadcast_id_status_index',
      'alter table message set (fillfactor = 70)',
      `create table send_budget (key text not null, state jsonb not null, updated_at timestamptz(3) not null, primary key (key))`,
      // A sender belongs to the installation: every workspace's sending counts.
      'grant select, insert, update, delete on send_budget to sevenfold_app, sevenfold_system',
    ];
    for (const statement of statements) this.addSql(statement);
  }
}
