import { readFile, writeFile } from 'node:fs/promises';
import { renderOpenApi } from '../src/openapi/render.js';

/*
 * `npm run openapi:write` writes openapi.json at the root from the code; `npm run openapi:check` fails when the two
 * differ, because clients are generated from the file.
 */
const file = new URL('../../../openapi.json', import.meta.url);
const now = await renderOpenApi();
if (process.argv[2] === 'write') {
  await writeFile(file, now);
} else if ((await readFile(file, 'utf8').catch(() => '')) !== now) {
  console.error('openapi.json does not say what the code does. Run `npm run openapi:write`, read the difference, and commit it.');
  process.exitCode = 1;
}
