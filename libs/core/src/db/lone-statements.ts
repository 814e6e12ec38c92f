import type { MikroORM } from '@mikro-orm/postgresql';
import { escapeLiteral, type QueryResult } from 'pg';

interface Executed {
  rows: object[];
  numAffectedRows: bigint | undefined;
}

/**
 * What the ORM takes for a transaction, and is none: every statement borrows a connection and goes to the server as one message with
 * what stands before it, which Postgres does as a transaction of its own. One exchange, where a transaction has one for its end too.
 */
export class LoneStatements {
  /** @param before what each statement begins with: whole statements, each with its semicolon */
  constructor(
    private readonly orm: MikroORM,
    private readonly before: string,
  ) {}

  /** Called by the ORM, the values already written into `sql`. */
  async executeQuery({ sql }: { sql: string }): Promise<Executed> {
    const pool = await this.orm.driver.getConnection().getNativeClient();
    const client = await pool.connect();
    try {
      const result: QueryResult | QueryResult[] = await client.query(this.before + sql);
      return executed(Array.isArray(result) ? result.at(-1) : result);
    } finally {
      client.release(); // one that is dead is not taken back
    }
  }
}

/** Binds a statement to a workspace; what would write, or lock a row, is refused by the server. */
export const readingInWorkspaceOf = (workspaceId: string): string =>
  `select set_config('app.workspace', ${escapeLiteral(workspaceId)}, true), set_config('transaction_read_only', 'on', true); `;

function executed(result: QueryResult | undefined): Executed {
  const { command = '', rowCount = null, rows = [] } = result ?? {};
  return { rows, numAffectedRows: /^(INSERT|UPDATE|DELETE|MERGE)$/.test(command) ? BigInt(rowCount ?? 0) : undefined };
}
