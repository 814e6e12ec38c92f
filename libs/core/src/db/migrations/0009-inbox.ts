import { Migration } from '@mikro-orm/migrations';
import type { Backfill } from '../migrating/backfill.js';
import { reference, tenantTable } from './statements.js';
import { threadFacetsOfThePast, threadFacetTriggers } from './thread-facet.sql.js';

/** The inbox: who waits, whose a thread is, what sleeps; one index for every filter, and search in texts and names. */
export class MigrationInbox extends Migration {
  override up(): void {
    const statements = [
      'alter table thread add column waiting_since timestamptz(3) null, add column assignee_member_id uuid null, add column snoozed_until timestamptz(3) null',
      ...reference('thread', 'assignee_member_id', 'member'),
      'create index thread_waiting on thread (workspace_id, last_message_at, id) where waiting_since is not null',
      'create index thread_assignee on thread (workspace_id, assignee_member_id, last_message_at, id)',
      'create index thread_snoozed on thread (workspace_id, last_message_at, id) where snoozed_until is not null',
      `create table thread_facet (thread_id uuid not null, facet text not null, workspace_id uuid not null, last_message_at timestamptz(3) not null,
         primary key (thread_id, facet))`,
      'create index thread_facet_list on thread_facet (workspace_id, facet, last_message_at, thread_id)',
      ...tenantTable('thread_facet'),
      `alter table thread_facet add constraint thread_facet_thread_id_fk foreign key (workspace_id, thread_id)
         references thread (workspace_id, id) on delete cascade deferrable initially deferred`,
      ...threadFacetTriggers,
      'create extension if not exists pg_trgm',
      // Kept by a trigger: a generated column would write the whole table anew, and nobody could write a message meanwhile.
      'alter table message add column search_text text null',
      `create function message_search_text() returns trigger language plpgsql as $$
       begin
         new.search_text := lower(coalesce(new.subject || ' ', '') || new.text);
         return new;
       end $$`,
      `create trigger message_search_text before insert or update of subject, text on message
         for each row execute function message_search_text()`,
      'create index message_text on message using gin (search_text gin_trgm_ops)',
      'create index creator_name on creator using gin (name gin_trgm_ops)',
    ];
    for (const statement of statements) this.addSql(statement);
  }
}

const searchTextsOfThePast: Backfill = {
  page: 'select id from message where id > $1 and search_text is null order by id limit 200',
  sql: `update message set search_text = lower(coalesce(subject || ' ', '') || text) where id = any($1)`,
};

/** For what was there before. */
export const inboxBackfills: readonly Backfill[] = [threadFacetsOfThePast, searchTextsOfThePast];
