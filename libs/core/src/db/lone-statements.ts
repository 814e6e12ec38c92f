import type { MikroORM } from '@mikro-orm/postgresql';
import type { QueryResult } from 'pg';
import { bindTo, executeAlone, readingIn } from './execute-prepared.js';
import type { Prepared } from './prepared.js';

interface Executed {
  rows: object[];
  numAffectedRows: bigint | undefined;
}

/**
 * What the ORM takes for a transaction, and is none: every statement borrows a connection and goes to the server as one message with
 * what stands before it, which Postgres does as a transaction of its own. One exchange, where a transaction has one for its end too.
 */
export class LoneStatements {
  /** @param workspaceId each statement is bound to it, and what would write, or lock a row, is refused by the server */
  constructor(
    private readonly orm: MikroORM,
    private readonly workspaceId: string,
  ) {}

  /** Called by the ORM, the values already written into `sql`. */
  async executeQuery({ sql }: { sql: string }): Promise<Executed> {
    const pool = await this.orm.driver.getConnection().getNativeClient();
    const client = await pool.connect();
    try {
      const result: QueryResult | QueryResult[] = await client.query(readingInWorkspaceOf(this.workspaceId) + sql);
      return executed(Array.isArray(result) ? result.at(-1) : result);
    } finally {
      client.release(); // one that is dead is not taken back
    }
  }

  /** The same for a prepared one. @throws what the ORM throws for the server's error */
  executePrepared<T extends object>(sql: Prepared, values: readonly unknown[]): Promise<T[]> {
    return executeAlone<T>(this.orm, { sql, values, begin: readingIn(this.workspaceId) });
  }
}

const readingInWorkspaceOf = (workspaceId: string): string =>
  `select ${bindTo(workspaceId)}, set_config('transaction_read_only', 'on', true); `;

function executed(result: QueryResult | undefined): Executed {
  const { command = '', rowCount = null, rows = [] } = result ?? {};
  return { rows, numAffectedRows: /^(INSERT|UPDATE|DELETE|MERGE)$/.test(command) ? BigInt(rowCount ?? 0) : undefined };
}
