import { describeTables } from '../src/db/migrations/describe-tables.js';

/**
 * Prints what the entities say of the tables named (`npm run db:ddl -- thread message`), or of all: what a new migration
 * copies from. Connects to nothing.
 */
const tables = process.argv.slice(2);
for (const statement of await describeTables()) {
  const table = /^(?:create table|alter table|create (?:unique )?index .*? on) "([^"]+)"/.exec(statement)?.[1];
  if (tables.length === 0 || (table !== undefined && tables.includes(table))) console.log(`${statement};`);
}
