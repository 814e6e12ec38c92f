import { Migration } from '@mikro-orm/migrations';
import { foreignKeys } from './foreign-keys.sql.js';
import { securitySql } from './security.sql.js';

/** What the entities cannot say: references that stay inside one workspace, row-level security, rights of the roles. */
export class MigrationSecurity extends Migration {
  override up(): void {
    for (const statement of [...foreignKeys(), ...securitySql()]) this.addSql(statement);
  }
}
