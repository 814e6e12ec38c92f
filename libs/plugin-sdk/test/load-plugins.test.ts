import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadPlugins, PluginLoadError } from '../src/index.js';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const host = { logger: quiet, clock: { now: async () => new Date('2026-11-21T10:00:00Z') }, publicUrl: 'https://x.example' };

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'plugins-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Installs a package the way npm leaves it: a folder of plain JavaScript under node_modules. */
async function install(name: string, source: string, exportsField: unknown = './index.js'): Promise<void> {
  const folder = join(root, 'node_modules', name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, type: 'module', exports: exportsField }));
  await writeFile(join(folder, 'index.js'), source);
}

// A stand-in for a zod schema: third parties may bring any copy of it, the loader only calls safeParse.
const config = (...needed: string[]): string => `{ safeParse(env) {
  const issues = ${JSON.stringify(needed)}.filter((k) => !env[k]).map((k) => ({ path: [k], message: 'required' }));
  return issues.length ? { success: false, error: { issues } } : { success: true, data: env };
} }`;

const channel = (id: string, channelId: string, extra = '', sdk = '^1.0.0'): string => `
export default { kind: 'channel', id: '${id}', name: '${id}', sdk: '${sdk}', capabilities: ['send'],
  config: ${config('TOKEN')},
  create(config) { globalThis.__made = [...(globalThis.__made ?? []), '${id}']; ${extra}
    return { channel: '${channelId}', label: 'x', sender: config.TOKEN, traits: {},
      health: async () => ({ ok: true }), close: async () => { globalThis.__closed = '${id}'; } } } };`;

const load = (packages: string[], env: Record<string, string> = { TOKEN: 'T' }) =>
  loadPlugins({ packages, env, host, resolveFrom: root });

async function problems(packages: string[], env?: Record<string, string>): Promise<string[]> {
  const error = await load(packages, env).then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof PluginLoadError)) throw new Error('expected a PluginLoadError', { cause: error });
  for (const problem of error.problems) expect(error.message).toContain(`${problem.package}: ${problem.reason}`);
  return error.problems.map((p) => `${p.package}: ${p.reason}`);
}

test('channels come in configured order, socials by platform, configured from the environment', async () => {
  await install('b-channel', channel('b-channel', 'b'));
  await install('@third/a-channel', channel('a-channel', 'a'));
  await install('a-social', `export default { kind: 'social', id: 'a-social', name: 'S', sdk: '>=1 <2', capabilities: [], config: ${config()},
    create: async () => ({ platform: 'pics', health: async () => ({ ok: false, detail: 'down' }), close: async () => {} }) };`);
  const registry = await load(['b-channel', '@third/a-channel', 'a-social'], { TOKEN: 'secret' });
  expect(registry.channels.map((c) => c.channel)).toEqual(['b', 'a']);
  expect(registry.channel('a')?.sender).toBe('secret');
  expect(registry.channel('c')).toBeUndefined();
  expect(registry.social('pics')?.platform).toBe('pics');
  expect(await registry.health()).toEqual({ a: { ok: true }, b: { ok: true }, pics: { ok: false, detail: 'down' } });
  await registry.close();
});

test('a package exporting only `import` is found too', async () => {
  await install('import-only', channel('import-only', 'x'), { '.': { import: './index.js' } });
  expect((await load(['import-only'])).channels).toHaveLength(1);
});

test('everything wrong is named at once, with package and reason, and nothing is created', async () => {
  delete (globalThis as { __made?: string[] }).__made;
  await install('fine', channel('fine', 'fine'));
  await install('no-default', 'export const x = 1;');
  await install('wrong-kind', `export default { kind: 'payout', id: 'p', name: 'P', sdk: '^1.0.0', capabilities: [], config: ${config()}, create() {} };`);
  await install('too-new', channel('too-new', 'n', '', '^2.0.0'));
  await install('needs-more', channel('needs-more', 'm').replace(config('TOKEN'), config('KEY', 'ACCOUNT')));
  await install('throws', 'throw new Error("broken inside");');
  const found = await problems(['fine', 'absent', 'no-default', 'wrong-kind', 'too-new', 'needs-more', 'throws']);
  expect(found).toEqual([
    'absent: not installed',
    'no-default: has no default export',
    expect.stringMatching(/^wrong-kind: manifest: kind: /),
    'too-new: needs plugin SDK ^2.0.0, this is 1.0.0',
    'needs-more: KEY: required',
    'needs-more: ACCOUNT: required',
    expect.stringMatching(/^throws: fails while loading \(.*broken inside/),
  ]);
  expect((globalThis as { __made?: string[] }).__made).toBeUndefined();
});

test('an empty variable counts as not set', async () => {
  await install('one', channel('one', 'one'));
  expect(await problems(['one'], { TOKEN: '' })).toEqual(['one: TOKEN: required']);
});

test('a range that is none is refused', async () => {
  await install('odd', channel('odd', 'odd', '', 'latest'));
  expect(await problems(['odd'])).toEqual(['odd: sdk: "latest" is not a semver range']);
});

test('two plugins for one channel are refused, and what was created is closed', async () => {
  await install('first', channel('first', 'same'));
  await install('second', channel('second', 'same'));
  expect(await problems(['first', 'second'])).toEqual(['second: channel "same" is already served by first']);
  expect((globalThis as { __closed?: string }).__closed).toBeDefined();
});

test('a plugin that fails in create is named without its message, which may hold a secret', async () => {
  await install('fails', channel('fails', 'x', 'throw new TypeError("password hunter2 refused");'));
  expect(await problems(['fails'])).toEqual(['fails: could not be created (TypeError)']);
});
