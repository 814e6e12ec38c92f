import { databaseMs } from './database-ms.js';
import type { Database } from '../../../db/database.js';
import type { Tx } from '../../../db/tx.js';
import { emptyBudget, grant, type Answer, type Ask, type BudgetState } from './grant.js';

/** A question to the budget without its instant, and the answer with the instant it was given at (the database's clock, ms). */
export type Reserve = (key: string, ask: Omit<Ask, 'now'>) => Promise<Pick<Answer, 'grants' | 'retryAt'> & { now: number }>;

/** Asks the one budget in Postgres. Each question is a transaction of its own, over before anything is sent. */
export function reserveIn(db: Database, workspaceId: string): Reserve {
  return (key, ask) => db.inWorkspace({ workspaceId, actor: { kind: 'system', via: 'engine' } }, (tx) => reserve(tx, key, ask));
}

async function reserve(tx: Tx, key: string, ask: Omit<Ask, 'now'>): ReturnType<Reserve> {
  let row = await lock(tx, key);
  if (!row) {
    await tx.em.execute('insert into send_budget (key, state, updated_at) values (?, ?::jsonb, ?) on conflict (key) do nothing', [
      key, JSON.stringify(emptyBudget), tx.now,
    ]);
    row = await lock(tx, key);
  }
  if (!row) throw new Error('The budget of a sender cannot be read');
  const { state, grants, retryAt } = grant(row.state, { ...ask, now: row.now });
  await tx.em.execute('update send_budget set state = ?::jsonb, updated_at = ? where key = ?', [JSON.stringify(state), tx.now, key]);
  return { grants, retryAt, now: row.now };
}

async function lock(tx: Tx, key: string): Promise<{ state: BudgetState; now: number } | undefined> {
  const [row] = await tx.em.execute<{ state: BudgetState; now: number }[]>(
    `select state, ${databaseMs} as now from send_budget where key = ? for update`,
    [key],
  );
  return row;
}
