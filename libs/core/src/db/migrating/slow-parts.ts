import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Backfill } from './backfill.js';
import { untilFree } from './until-free.js';

const table = 'sevenfold_migration_step';
const lock = 7007;

export interface SlowPartsOptions {
  lockTimeoutMs: number;
  patienceMs: number;
}

/**
 * A connection of the owner for what takes its time: statement by statement, each on its own, beside whoever serves. What has been done is
 * remembered, so that whoever is cut off goes on where it was. As long as it is open, nobody else migrates.
 */
export class SlowParts implements AsyncDisposable {
  private constructor(
    private readonly client: pg.Client,
    private readonly options: SlowPartsOptions,
    /** There is nothing yet that a migration could stand in the way of. */
    readonly isEmpty: boolean,
  ) {}

  static async open(ownerUrl: string, options: SlowPartsOptions): Promise<SlowParts> {
    const client = new pg.Client({ connectionString: ownerUrl, application_name: 'sevenfold-migrate' });
    await client.connect();
    try {
      // Asked again and again, not waited for: who waits inside a statement holds up `concurrently`, for which we would wait for ever.
      while (!(await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [lock])).rows[0]?.mine) await sleep(100);
      const { rows } = await client.query<{ empty: boolean }>(`select to_regclass('public.workspace') is null as empty`);
      await client.query(`create table if not exists ${table} (step text primary key, done_at timestamptz not null)`);
      return new SlowParts(client, options, rows[0]?.empty === true);
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  async run(migration: string, statements: readonly string[]): Promise<void> {
    for (const sql of statements) await this.once(migration, sql, () => this.execute(sql));
  }

  async fill(migration: string, backfills: readonly Backfill[]): Promise<void> {
    for (const backfill of backfills) {
      await this.once(migration, backfill.sql, async () => {
        for (const workspace of await this.workspaces()) await this.fillOne(workspace, backfill);
      });
    }
  }

  /** They were part of the migration itself. */
  async skip(migration: string, statements: readonly string[]): Promise<void> {
    const steps = [...new Set(statements.map((sql) => stepOf(migration, sql)))];
    await this.client.query(`insert into ${table} select unnest($1::text[]), 'now' on conflict do nothing`, [steps]);
  }

  private async once(migration: string, sql: string, work: () => Promise<void>): Promise<void> {
    const step = stepOf(migration, sql);
    const { rowCount } = await this.client.query(`select 1 from ${table} where step = $1`, [step]);
    if (rowCount) return;
    await work();
    await this.client.query(`insert into ${table} values ($1, 'now')`, [step]);
  }

  private async fillOne(workspace: string, { page, sql }: Backfill): Promise<void> {
    await this.client.query('set lock_timeout = 0');
    await this.client.query(`select set_config('app.workspace', $1, false)`, [workspace]);
    for (let last = '00000000-0000-0000-0000-000000000000'; ;) {
      const ids = (await this.client.query<{ id: string }>(page, [last])).rows.map(({ id }) => id);
      const end = ids.at(-1);
      if (end === undefined) return;
      await this.client.query(sql, [ids]);
      last = end;
    }
  }

  /** Row-level security holds the owner too; for this one look it steps aside, in a transaction that nobody else sees. */
  private async workspaces(): Promise<string[]> {
    let ids: string[] = [];
    await this.client.query(`set lock_timeout = ${this.options.lockTimeoutMs}`);
    await untilFree(async () => {
      await this.client.query('begin');
      try {
        await this.client.query('alter table workspace no force row level security');
        ids = (await this.client.query<{ id: string }>('select id from workspace order by id')).rows.map(({ id }) => id);
      } finally {
        await this.client.query('rollback');
      }
    }, this.options.patienceMs);
    return ids;
  }

  private async execute(sql: string): Promise<void> {
    const { lockTimeoutMs, patienceMs } = this.options;
    // Whoever builds concurrently waits for others, and nobody for them.
    const alone = !/ concurrently /i.test(sql);
    await this.client.query(`set lock_timeout = ${alone ? lockTimeoutMs : 0}`);
    await untilFree(async () => {
      await this.dropHalfBuilt(sql);
      await this.client.query(sql);
    }, patienceMs);
  }

  /** An index whose building was cut off is there and of no use. */
  private async dropHalfBuilt(sql: string): Promise<void> {
    const [, name] = /^create (?:unique )?index concurrently if not exists "(\w+)"/.exec(sql) ?? [];
    if (name === undefined) return;
    const { rowCount } = await this.client.query('select 1 from pg_index where not indisvalid and indexrelid = to_regclass($1)', [`public."${name}"`]);
    if (rowCount) await this.client.query(`drop index concurrently if exists "${name}"`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.end();
  }
}

function stepOf(migration: string, sql: string): string {
  return `${migration}/${createHash('sha256').update(sql).digest('hex').slice(0, 16)}`;
}
