import pg from 'pg';
import type { AsyncResource } from '../util/async-resource.js';

/** A moment of the whole database to come back to, and to compare one workspace's rows with. */
export interface Snapshot extends AsyncResource {
  /** Puts back what has changed since. */
  restore(): Promise<void>;
  /** The tables in which rows of this workspace are not as they were. */
  changedOf(workspaceId: string): Promise<string[]>;
}

/**
 * Takes it: every table is copied, and triggers note which one is written to, so that coming back costs no more than
 * what was done.
 * @param adminUrl a superuser's: rows of every workspace, and no triggers while they are put back
 */
export async function takeSnapshot(adminUrl: string): Promise<Snapshot> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string; columns: string }>(
    `select c.relname as name, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace group by 1`,
  );
  const columns = new Map(rows.map((each) => [each.name, each.columns]));
  await client.query(`
    create schema kept;
    create table kept.written (name text primary key);
    create function kept.note() returns trigger language plpgsql security definer as
      $$ begin insert into kept.written values (tg_table_name) on conflict do nothing; return null; end $$;
    ${[...columns.keys()].map((name) => `
      create table kept."t_${name}" as table public."${name}";
      create trigger kept_note after insert or update or delete or truncate on public."${name}" for each statement execute function kept.note();`).join('')}`);
  const written = async () => (await client.query<{ name: string }>('select name from kept.written')).rows.map(({ name }) => name);
  return {
    async restore() {
      const names = await written();
      if (names.length === 0) return;
      // A replica fires no triggers and checks no references: the rows are put back as they were, in any order.
      await client.query(`begin; set local session_replication_role = replica; ${names.map((name) => `
        delete from public."${name}";
        insert into public."${name}" (${columns.get(name)}) overriding system value select ${columns.get(name)} from kept."t_${name}";`).join('')}
        delete from kept.written; commit`);
    },
    async changedOf(workspaceId) {
      const changed: string[] = [];
      for (const name of await written()) {
        const mine = name === 'workspace' ? 'id' : /\b(target_)?workspace_id\b/.exec(columns.get(name) ?? '')?.[0];
        if (mine === undefined) continue;
        const part = (schema: string) => `(select md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) from ${schema} t where t.${mine} = $1)`;
        const list = `select ${columns.get(name)} from`;
        const { rows: [same] } = await client.query<{ same: boolean }>(
          `select ${part(`(${list} public."${name}") `)} = ${part(`(${list} kept."t_${name}") `)} as same`, [workspaceId]);
        if (same?.same !== true) changed.push(name);
      }
      return changed;
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
}
