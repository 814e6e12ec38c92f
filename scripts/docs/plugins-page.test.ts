import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '../..');
const node = join(root, 'node_modules/.bin/node');
let folder = '';

/** The plugin of the guide, written out as the guide says. */
beforeAll(async () => {
  await mkdir(join(root, '.sevenfold'), { recursive: true });
  folder = await mkdtemp(join(root, '.sevenfold/guide-'));
  const page = await readFile(join(root, 'docs/plugins.md'), 'utf8');
  for (const [, name = '', text = ''] of page.matchAll(/^```ts (\S+)\n([\s\S]*?)^```$/gm)) {
    const path = join(folder, name === 'harness.ts' ? `verify/${name}` : name);
    await mkdir(resolve(path, '..'), { recursive: true });
    await writeFile(path, text);
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'channel-pigeon', type: 'module', exports: './index.ts' }));
  const compilerOptions = { noEmit: true, composite: false, incremental: false, declaration: false, declarationMap: false, rootDir: root };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ extends: join(root, 'tsconfig.base.json'), compilerOptions, include: ['**/*.ts'] }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(args: string[]): Promise<string> {
  const { NODE_OPTIONS: _jest, ...env } = process.env;
  return promisify(execFile)(node, args, { cwd: folder, env }).then(({ stdout, stderr }) => stdout + stderr, (error: { stdout: string; stderr: string }) => error.stdout + error.stderr);
}

test('the plugin and the harness of the guide compile', async () => {
  expect(await run([join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'])).toBe('');
}, 120_000);

test('and pass the conformance kit', async () => {
  const kit = "import { main } from '@sevenfold/plugin-sdk/conformance';\nprocess.exit(await main(['.'], console.log, console.error));\n";
  await writeFile(join(folder, 'run.mjs'), kit);
  const readsTypeScript = ['--conditions=source', '--import', join(root, 'scripts/typescript.js')];
  expect(await run([...readsTypeScript, 'run.mjs'])).toMatch(/\n\d{2} passed, 0 failed, \d+ not applicable\n$/);
}, 120_000);
