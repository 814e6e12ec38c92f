import { Migration } from '@mikro-orm/migrations';
import { threadFacetsAddedByKey, threadFacetsChangedByKey, threadFacetsMovedByKey } from './thread-facet.sql.js';

/** The facets of threads are kept as before, but each thread is looked up by its key, and two versions of many rows are never compared each with each. */
export class MigrationFacetsByKey extends Migration {
  override up(): void {
    for (const statement of [threadFacetsAddedByKey, threadFacetsChangedByKey, threadFacetsMovedByKey]) this.addSql(statement);
  }
}
