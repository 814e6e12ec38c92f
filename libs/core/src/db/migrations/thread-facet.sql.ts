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

const threadFacet = (rows: string): string => `
     insert into thread_facet (workspace_id, thread_id, facet, last_message_at)
     select f.workspace_id, f.thread_id, f.facet, t.at
       from (${facetsOf(rows)}) f
       cross join lateral (select coalesce(t.last_message_at, t.created_at) as at from thread t where t.id = f.thread_id offset 0) t
      order by f.thread_id, f.facet
     on conflict (thread_id, facet) do nothing;`;

/*
 * The same three, from 0013 on. A plan of theirs is kept by a connection and may be from when the tables were empty: joined, all threads of
 * a workspace were read for each chunk of a broadcast (`offset 0` keeps the planner from joining), and two versions of twenty thousand
 * rows, compared by a plan made for one, would be four hundred million comparisons (`except` sorts or hashes them).
 */
export const threadFacetsAddedByKey = `create or replace function thread_facets_added() returns trigger language plpgsql as $$
   begin${threadFacet('added')}
     return null;
   end $$`;

export const threadFacetsChangedByKey = `create or replace function thread_facets_changed() returns trigger language plpgsql as $$
   begin
     if not exists (
       select id, thread_id, campaign_id, channel from added except select id, thread_id, campaign_id, channel from removed
     ) then
       return null;
     end if;${threadFacet('added')}
     delete from thread_facet f using (
       select thread_id from (select thread_id, campaign_id from removed where campaign_id is not null except select thread_id, campaign_id from added) lost
       union
       select thread_id from (select thread_id, channel from removed where channel is not null except select thread_id, channel from added) lost
     ) touched
      where f.thread_id = touched.thread_id and not exists (
        select 1 from message m left join campaign c on c.id = m.campaign_id
         where m.thread_id = f.thread_id and f.facet in ('campaign:' || m.campaign_id, 'client:' || c.client_id, 'channel:' || m.channel)
      );
     return null;
   end $$`;

export const threadFacetsMovedByKey = `create or replace function thread_facets_moved() returns trigger language plpgsql as $$
   declare moved record;
   begin
     for moved in
       select id, last_message_at from added where last_message_at is not null except select id, last_message_at from removed order by id
     loop
       update thread_facet set last_message_at = moved.last_message_at where thread_id = moved.id;
     end loop;
     return null;
   end $$`;

/** What was written before there were facets, some threads at a time: who writes to one of them waits for its page at most. */
export const threadFacetsOfThePast: Backfill = {
  page: 'select id from thread where id > $1 order by id limit 500',
  sql: `insert into thread_facet (workspace_id, thread_id, facet, last_message_at)
    select f.workspace_id, f.thread_id, f.facet, coalesce(t.last_message_at, t.created_at)
      from (${facetsOf('(select * from message where thread_id = any($1))')}) f join thread t on t.id = f.thread_id
     order by f.thread_id, f.facet
    on conflict (thread_id, facet) do nothing`,
};
