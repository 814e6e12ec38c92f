import { Migration } from '@mikro-orm/migrations';
import { tablesSql } from './tables.sql.js';

/** The tables as the entities describe them. */
export class MigrationTables extends Migration {
  override up(): void {
    for (const statement of tablesSql) this.addSql(statement);
  }
}
