import type { MikroORM } from '@mikro-orm/postgresql';
import type { Kysely } from '@mikro-orm/sql';
import { CompiledQuery } from 'kysely';
import { escapeLiteral, type PoolClient } from 'pg';
import { byKey, isPreparedForAnother, type Prepared } from './prepared.js';
import type { Tx } from './tx.js';

/**
 * Runs a prepared statement in the transaction. What was persisted is not flushed before it.
 * @throws what the ORM throws for the server's error
 */
export async function executePrepared<T extends object>(tx: Tx, { sql }: Prepared, values: readonly unknown[]): Promise<T[]> {
  const transaction = tx.em.getTransactionContext<Kysely<unknown>>();
  if (!transaction) throw new Error('a prepared statement runs in a transaction');
  const { rows } = await converted(tx.em.getDriver(), transaction.executeQuery<T>(CompiledQuery.raw(sql, [...values])));
  return rows;
}

export interface Alone {
  sql: Prepared;
  values: readonly unknown[];
  /** What its transaction begins with, see {@link byKeyIn} and {@link readingIn}; without it the role decides what the statement sees. */
  begin?: string;
}

/**
 * Runs a prepared statement as a transaction of its own, in one exchange with the database.
 * @throws what the ORM throws for the server's error
 */
export function executeAlone<T extends object>(orm: MikroORM, { sql, values, begin }: Alone): Promise<T[]> {
  const once = async (): Promise<T[]> => {
    const pool = await orm.driver.getConnection().getNativeClient();
    const client = await pool.connect();
    try {
      return begin === undefined ? (await client.query<T>(sql.sql, [...values])).rows : await bound<T>(client, begin, sql.sql, values);
    } finally {
      client.release(); // one that is dead is not taken back
    }
  };
  return converted(orm.driver, once().catch((error: unknown) => {
    if (!isPreparedForAnother(error)) throw error;
    return once();
  }));
}

/** Bound to a workspace, and planned by keys. */
export const byKeyIn = (workspaceId: string): string => `begin; select ${bindTo(workspaceId)}, ${settings}`;

/** Bound to a workspace, and what would write is refused by the server. */
export const readingIn = (workspaceId: string): string => `begin read only; select ${bindTo(workspaceId)}`;

/** The workspace whose rows exist until the transaction ends, as an expression. */
export const bindTo = (workspaceId: string): string => `set_config('app.workspace', ${escapeLiteral(workspaceId)}, true)`;
const settings = Object.entries(byKey).map(([name, value]) => `set_config('${name}', '${value}', true)`).join(', ');

/** All three are on their way before the first is answered. Where the statement fails, so has the transaction, and its end takes back what was done. */
async function bound<T extends object>(client: PoolClient, begin: string, sql: string, values: readonly unknown[]): Promise<T[]> {
  const [begun, done, ended] = await Promise.allSettled([
    client.query(begin),
    client.query<T>(sql, [...values]),
    client.query('commit'),
  ]);
  if (done.status === 'rejected') throw done.reason;
  for (const each of [begun, ended]) if (each.status === 'rejected') throw each.reason;
  return done.value.rows;
}

async function converted<T>(driver: { convertException(error: Error): Error }, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof Error ? driver.convertException(error) : error;
  }
}
