import { randomInt } from 'node:crypto';
import pg from 'pg';
import { until } from '../util/until.js';

export interface GateOptions {
  /** A superuser's connection string. */
  adminUrl: string;
  table: string;
  /** `write`: before the row is written. `commit`: while its transaction commits, which nobody can call back any more. */
  at: 'write' | 'commit';
  on: 'insert' | 'update';
  /** SQL over NEW: only those rows stop here. */
  where?: string;
}

/** A moment in the middle of somebody's transaction that lasts as long as a test wants it to. */
export interface Gate {
  /** Until somebody stands before it. */
  arrived(timeoutMs?: number): Promise<void>;
  /** Lets everybody through and takes it away. */
  open(): Promise<void>;
}

/**
 * Stops whoever writes such a row, so that their process can be killed at exactly that moment: a trigger waits for an
 * advisory lock the test holds. The product knows nothing of it.
 */
export async function closeGate({ adminUrl, table, at, on, where }: GateOptions): Promise<Gate> {
  const key = randomInt(2 ** 31 - 1);
  const name = `gate_${key}`;
  const holder = new pg.Client({ connectionString: adminUrl });
  holder.on('error', () => undefined);
  await holder.connect();
  await holder.query('select pg_advisory_lock($1, 7)', [key]);
  await holder.query(
    `create function ${name}() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared(${key}, 7); return new; end $$`,
  );
  const when = where ? `when (${where})` : '';
  const rest = `${on} on ${table}`;
  await holder.query(
    at === 'write'
      ? `create trigger ${name} before ${rest} for each row ${when} execute function ${name}()`
      : `create constraint trigger ${name} after ${rest} deferrable initially deferred for each row ${when} execute function ${name}()`,
  );
  const waiting = async () => {
    const { rowCount } = await holder.query(`select 1 from pg_locks where locktype = 'advisory' and classid = $1 and not granted`, [key]);
    return rowCount !== 0;
  };
  return {
    arrived: async (timeoutMs = 30_000) => void (await until(waiting, { timeoutMs, everyMs: 10, what: `somebody to write ${table}` })),
    open: async () => {
      await holder.query('select pg_advisory_unlock($1, 7)', [key]);
      await holder.query(`drop trigger ${name} on ${table}`);
      await holder.query(`drop function ${name}()`);
      await holder.end();
    },
  };
}
