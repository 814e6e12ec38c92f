import { writeFile } from 'node:fs/promises';
import { writtenPages } from './docs/written.ts';

/*
 * npm run docs:write
 * Writes what the documentation says of the code from the code: docs/configuration.md, and the tables of errors and roles.
 */
for (const { file, text } of writtenPages) await writeFile(file, await text());
