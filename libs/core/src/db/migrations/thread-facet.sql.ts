import type { Backfill } from '../migrating/backfill.js';

/** What a message says about its thread; `rows` are messages. */
const facetsOf = (rows: string): string => `
  select m.workspace_id, m.thread_id, 'campaign:' || m.campaign_id as facet from ${rows} m where m.campaign_id is not null
  union select m.workspace_id, m.thread_id, 'client:' || c.client_id from ${rows} m join campaign c on c.id = m.campaign_id where c.client_id is not null
  union select m.workspace_id, m.thread_id, 'channel:' || m.channel from ${rows} m where m.channel is not null`;

/**
 * They keep `thread_facet`. By statement, so that a thousand messages cost one insert; a mark changes nothing a facet says and
 * costs one comparison. Sorted, so that two who write to the same threads wait for each other instead of deadlocking.
 */
export const threadFacetTriggers: readonly string[] = [
  `create function thread_facets_added() returns trigger language plpgsql as $$
   begin
     insert into thread_facet (workspace_id, thread_id, facet, last_message_at)
     select f.workspace_id, f.thread_id, f.facet, coalesce(t.last_message_at, t.created_at)
       from (${facetsOf('added')}) f join thread t on t.id = f.thread_id
      order by f.thread_id, f.facet
     on conflict (thread_id, facet) do nothing;
     return null;
   end $$`,
  `create function thread_facets_changed() returns trigger language plpgsql as $$
   begin
     if not exists (
       select 1 from added n join removed o on o.id = n.id
        where (n.thread_id, n.campaign_id, n.channel) is distinct from (o.thread_id, o.campaign_id, o.channel)
     ) then
       return null;
     end if;
     insert into thread_facet (workspace_id, thread_id, facet, last_message_at)
     select f.workspace_id, f.thread_id, f.facet, coalesce(t.last_message_at, t.created_at)
       from (${facetsOf('added')}) f join thread t on t.id = f.thread_id
      order by f.thread_id, f.facet
     on conflict (thread_id, facet) do nothing;
     delete from thread_facet f using (
       select distinct o.thread_id from added n join removed o on o.id = n.id
        where (o.campaign_id is not null and (n.thread_id, n.campaign_id) is distinct from (o.thread_id, o.campaign_id))
           or (o.channel is not null and (n.thread_id, n.channel) is distinct from (o.thread_id, o.channel))
     ) touched
      where f.thread_id = touched.thread_id and not exists (
        select 1 from message m left join campaign c on c.id = m.campaign_id
         where m.thread_id = f.thread_id and f.facet in ('campaign:' || m.campaign_id, 'client:' || c.client_id, 'channel:' || m.channel)
      );
     return null;
   end $$`,
  `create function thread_facets_moved() returns trigger language plpgsql as $$
   begin
     update thread_facet f set last_message_at = n.last_message_at
       from added n join removed o on o.id = n.id
      where f.thread_id = n.id and n.last_message_at is not null and n.last_message_at is distinct from o.last_message_at;
     return null;
   end $$`,
  `create trigger thread_facets_added after insert on message referencing new table as added
     for each statement execute function thread_facets_added()`,
  `create trigger thread_facets_changed after update on message referencing old table as removed new table as added
     for each statement execute function thread_facets_changed()`,
  `create trigger thread_facets_moved after update on thread referencing old table as removed new table as added
     for each statement execute function thread_facets_moved()`,
];

/** What was written before there were facets, some threads at a time: who writes to one of them waits for its page at most. */
export const threadFacetsOfThePast: Backfill = {
  page: 'select id from thread where id > $1 order by id limit 500',
  sql: `insert into thread_facet (workspace_id, thread_id, facet, last_message_at)
    select f.workspace_id, f.thread_id, f.facet, coalesce(t.last_message_at, t.created_at)
      from (${facetsOf('(select * from message where thread_id = any($1))')}) f join thread t on t.id = f.thread_id
     order by f.thread_id, f.facet
    on conflict (thread_id, facet) do nothing`,
};
