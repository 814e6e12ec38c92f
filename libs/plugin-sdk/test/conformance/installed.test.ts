import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const bin = join(root, 'node_modules/.bin');
const node = join(bin, 'node');
const name = 'sevenfold-channel-whatsapp';
const ofSdk = createRequire(join(root, 'libs/plugin-sdk/package.json'));
let folder = '';

interface Ran {
  readonly code: number;
  readonly out: string;
}

/** Runs a program to its end, whatever that is. Node 24 goes first, as in npm's own scripts. */
async function run(file: string, args: string[], cwd: string, env: Record<string, string> = {}): Promise<Ran> {
  const { NODE_OPTIONS: _jest, ...inherited } = process.env;
  const options = { cwd, env: { ...inherited, PATH: `${bin}:${process.env['PATH']}`, npm_config_update_notifier: 'false', npm_config_loglevel: 'error', ...env } };
  return promisify(execFile)(file, args, options).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, out: error.stdout + error.stderr }),
  );
}

/** Like `npm pack`, of the packages as they lie here. */
async function pack(path: string): Promise<string> {
  const { code, out } = await run('npm', ['pack', join(root, path), '--pack-destination', folder, '--silent', '--ignore-scripts'], folder);
  expect(`${path}: ${code}: ${out}`).toContain(`${path}: 0`);
  return `file:./${out.trim().split('\n').at(-1)}`;
}

// A third party's machine: the SDK and the plugin as tarballs, installed without a network. The product is not there.
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'third-party-')));
  // The SDK only when its sources have changed: other tests run from the same files.
  for (const project of [['-b', 'libs/plugin-sdk'], ['-p', 'examples/channel-whatsapp']]) {
    expect(await run(node, [join(root, 'node_modules/typescript/bin/tsc'), ...project], root)).toEqual({ code: 0, out: '' });
  }
  const dependencies: Record<string, string> = {};
  for (const [each, path] of [['@sevenfold/plugin-sdk', 'libs/plugin-sdk'], [name, 'examples/channel-whatsapp'], ['zod', 'node_modules/zod'], ['semver', relative(root, dirname(ofSdk.resolve('semver/package.json')))]] as const) {
    dependencies[each] = await pack(path);
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'third-party', version: '1.0.0', private: true, type: 'module', dependencies }));
  const installed = await run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--silent'], folder, { npm_config_cache: join(folder, '.npm') });
  expect(installed).toEqual({ code: 0, out: '' });
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The loader as the product calls it, with the plugins its configuration names. */
async function load(env: Record<string, string>): Promise<Ran> {
  await writeFile(join(folder, 'load.mjs'), `
    import { loadPlugins } from '@sevenfold/plugin-sdk';
    const quiet = () => {};
    const host = { logger: { debug: quiet, info: quiet, warn: quiet, error: quiet }, clock: { now: async () => new Date() }, publicUrl: 'https://x.example' };
    const packages = process.env.SEVENFOLD_PLUGINS.split(',');
    try {
      const { channels } = await loadPlugins({ packages, env: process.env, host, resolveFrom: process.cwd() });
      console.log(channels.map(({ channel, sender }) => channel + ' ' + sender).join());
    } catch (error) {
      console.log(error.message);
      process.exit(78);
    }`);
  return run(node, ['load.mjs'], folder, { SEVENFOLD_PLUGINS: name, ...env });
}

const variables = {
  WHATSAPP_PHONE_NUMBER_ID: '106540352242922', WHATSAPP_NUMBER: '+15551234567', WHATSAPP_ACCESS_TOKEN: 'a-token-of-some-length', WHATSAPP_APP_SECRET: 'a-secret-of-some-length', WHATSAPP_VERIFY_TOKEN: 'verify-me',
};

test('installed by name outside this repository, it is loaded from the configuration', async () => {
  expect(await load(variables)).toEqual({ code: 0, out: 'whatsapp +15551234567\n' });
}, 90_000);

test('a missing variable is named with what it is', async () => {
  const { WHATSAPP_APP_SECRET: _left, ...others } = variables;
  const { code, out } = await load({ ...others, WHATSAPP_NUMBER: '555' });
  expect(code).toBe(78);
  expect(out).toContain(`${name}: WHATSAPP_NUMBER: expected a number like +15551234567 (That number as people see it.)`);
  expect(out).toMatch(/WHATSAPP_APP_SECRET: .* \(Signs the webhooks; in the app’s basic settings\. A secret\.\)/);
}, 90_000);

test('npx sevenfold-verify passes it there, and says so', async () => {
  const { code, out } = await run('npx', ['--offline', 'sevenfold-verify', name], folder);
  expect(out).toMatch(/✓ send\.accepted/);
  expect(out).toMatch(/– look-up\.found.*\n.*not applicable: the plugin has no `lookUp`/);
  expect(out).toMatch(/\d+ passed, 0 failed, \d+ not applicable/);
  expect(code).toBe(0);
}, 120_000);

test('a package with a flaw fails there: exit code 1, and the check by name in --json', async () => {
  const flawed = join(folder, 'flawed');
  await mkdir(flawed, { recursive: true });
  await writeFile(join(flawed, 'package.json'), JSON.stringify({ name: 'flawed', type: 'module', exports: './index.js' }));
  await writeFile(join(flawed, 'index.js'), `
    import right from '${name}';
    const create = async (config, host) => {
      const plugin = await right.create(config, host);
      return { ...plugin, send: async (message, context) => {
        const outcome = await plugin.send(message, context);
        return outcome.code === '131026' ? { outcome: 'accepted', providerId: 'x' } : outcome;
      } };
    };
    export default { ...right, create };`);
  const args = ['--offline', 'sevenfold-verify', './flawed', '--harness', `node_modules/${name}/dist/verify/harness.js`, '--only', 'send.', '--json'];
  const { code, out } = await run('npx', args, folder);
  expect(code).toBe(1);
  const { checks, failed } = JSON.parse(out) as { failed: number; checks: { name: string; result: string }[] };
  expect(failed).toBe(1);
  expect(checks.filter(({ result }) => result === 'failed').map((check) => check.name)).toEqual(['send.rejected']);
}, 120_000);

test.each([
  [['nothing-of-that-name'], /nothing-of-that-name is not installed here/],
  [['@sevenfold/plugin-sdk'], /has no harness/],
  [['--fast'], /--fast/],
  [[name, '--only', 'nothing'], /no check is called nothing/],
])('what cannot be verified is exit code 2: %j', async (args, said) => {
  const { code, out } = await run('npx', ['--offline', 'sevenfold-verify', ...args], folder);
  expect(out).toMatch(said);
  expect(code).toBe(2);
}, 90_000);

test('the example depends on the SDK and on nothing else of ours', async () => {
  const { dependencies } = JSON.parse(await readFile(join(root, 'examples/channel-whatsapp/package.json'), 'utf8')) as { dependencies: Record<string, string> };
  expect(Object.keys(dependencies)).toEqual(['@sevenfold/plugin-sdk', 'zod']);
});
