import type { MikroORM } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';

/** The server cannot go on with what it once prepared: a migration has changed what comes out. It has done nothing. */
const preparedForAnother = '0A000';

/**
 * Runs statements that each connection prepares once: the server plans what is asked with every request the first time only. Each is a
 * transaction of its own, by one exchange, without the ORM.
 */
export class PreparedStatements {
  private readonly names = new Map<string, string>();

  constructor(private readonly orm: MikroORM) {}

  /**
   * @param sql one of few constant texts, with `$1`… for its values
   * @throws what the ORM throws for the server's error
   */
  async execute<T extends object>(sql: string, values: readonly unknown[]): Promise<T[]> {
    try {
      const pool = await this.orm.driver.getConnection().getNativeClient();
      // Every connection there is may have prepared it before the migration; a new one has not.
      for (let left = pool.totalCount; left > 0; left -= 1) {
        const rows = await this.onOne<T>(pool, sql, values).catch(unlessPreparedForAnother);
        if (rows) return rows;
      }
      return await this.onOne<T>(pool, sql, values);
    } catch (error) {
      throw error instanceof Error ? this.orm.driver.convertException(error) : error;
    }
  }

  private async onOne<T extends object>(pool: Pool, sql: string, values: readonly unknown[]): Promise<T[]> {
    const client = await pool.connect();
    let useless = false;
    try {
      const { rows } = await client.query<T>({ name: this.nameOf(sql), text: sql, values: [...values] });
      return rows;
    } catch (error) {
      useless = isPreparedForAnother(error);
      throw error;
    } finally {
      client.release(useless);
    }
  }

  private nameOf(sql: string): string {
    const name = this.names.get(sql) ?? `sevenfold_${this.names.size + 1}`;
    this.names.set(sql, name);
    return name;
  }
}

function unlessPreparedForAnother(error: unknown): undefined {
  if (!isPreparedForAnother(error)) throw error;
}

function isPreparedForAnother(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === preparedForAnother;
}
