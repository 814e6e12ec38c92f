import { Migration } from '@mikro-orm/migrations';
import { tablesSql } from './tables.sql.js';

/** The tables as the entities of 0.1 described them. */
export class MigrationTables extends Migration {
  override up(): void {
    for (const statement of tablesSql) this.addSql(statement);
  }
}
