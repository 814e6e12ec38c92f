import { Migration } from '@mikro-orm/migrations';
import { noticeKinds } from '@sevenfold/domain/notices';
import { reference, widenEnum } from './statements.js';

/** The reply clock: when a thread's answer is due, and reminders that are for one member. */
export class MigrationClock extends Migration {
  override up(): void {
    const statements = [
      'alter table thread add column reply_remind_at timestamptz(3) null, add column reply_due_at timestamptz(3) null',
      'create index thread_reply_due on thread (workspace_id, reply_due_at) where reply_due_at is not null',
      'alter table notice add column for_member_id uuid null',
      ...reference('notice', 'for_member_id', 'member'),
      'create index notice_ref on notice (ref_id)',
      ...widenEnum('notice', 'kind', noticeKinds),
    ];
    for (const statement of statements) this.addSql(statement);
  }
}
