import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inSources } from './index.js';

/** `thing.js` has a map that says that its three lines were lines 10 to 12 of `src/thing.ts`. */
let folder: string;
const trace = (file: string): string => `TypeError: of the test\n    at fail (${pathToFileURL(join(folder, file)).href}:2:9)\n    at node:internal/main:1:1`;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sevenfold-traces-'));
  await writeFile(join(folder, 'thing.js.map'), JSON.stringify({ version: 3, sources: ['../src/thing.ts'], names: [], mappings: 'AASA;AACA;AACA' }));
  await writeFile(join(folder, 'broken.js.map'), '{');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a trace names lines of the source', () => {
  expect(inSources(trace('thing.js'))).toMatch(new RegExp(`^TypeError: of the test\n    at fail \\(${join(tmpdir(), 'src/thing.ts')}:11:\\d+\\)\n    at node:internal/main:1:1$`));
});

test('a map that is missing or cannot be read leaves the trace as it is', () => {
  for (const file of ['none.js', 'broken.js']) expect(inSources(trace(file))).toBe(trace(file));
});

test('what ends a process is printed with lines of the source', async () => {
  const root = join(import.meta.dirname, '../../../..');
  await writeFile(join(folder, 'thing.js'), `export function fail() {\n  throw new TypeError('of the test');\n}\n`);
  await writeFile(join(folder, 'main.mjs'), `
    import { mapUncaught } from '${pathToFileURL(join(import.meta.dirname, 'index.ts')).href}';
    import { fail } from './thing.js';
    mapUncaught();
    fail();
  `);
  const dying = promisify(execFile)(process.execPath, ['--conditions=source', '--import', join(root, 'scripts/typescript.js'), join(folder, 'main.mjs')], { cwd: root });
  await expect(dying).rejects.toThrow(/src\/thing\.ts:11:/);
});
