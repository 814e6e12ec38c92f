import { rename, writeFile } from 'node:fs/promises';
import { describeTables } from '../src/db/migrations/describe-tables.js';

/** Writes `migrations/tables.sql.ts` from the entities (`npm run db:ddl`). Connects to nothing. */
const statements = await describeTables();
const text = [
  '// Generated from the entities by `npm run db:ddl`: change those.',
  '/** The tables without references, rights and row-level security, which are in the files beside. */',
  'export const tablesSql: readonly string[] = [',
  ...statements.map((statement) => `  \`${statement}\`,`),
  '];',
  '',
].join('\n');
const target = new URL('../src/db/migrations/tables.sql.ts', import.meta.url);
const draft = new URL(`./tables.sql.${process.pid}.tmp`, target);
// Renamed into place: whoever reads meanwhile sees a whole file.
await writeFile(draft, text);
await rename(draft, target);
