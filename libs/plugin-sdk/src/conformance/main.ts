import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { findPackage } from './find-package.js';
import type { Harness } from './harness.js';
import { report } from './report.js';
import { UsageError, usage } from './usage.js';
import { checkList, verifyChannel } from './verify-channel.js';

/** The command `sevenfold-verify`. Answers the exit code. */
export async function main(args: readonly string[], print: (text: string) => void, complain: (text: string) => void): Promise<number> {
  try {
    return await command(args, print);
  } catch (error) {
    complain(error instanceof UsageError ? `${error.message}\n\nsevenfold-verify --help says more.` : String(error instanceof Error ? error.stack : error));
    return 2;
  }
}

async function command(args: readonly string[], print: (text: string) => void): Promise<number> {
  const { values, positionals } = parsed(args);
  if (values.help) return done(print, usage);
  if (values.list) return done(print, checkList.map(({ name, title }) => `${name}: ${title}`).join('\n'));
  if (positionals.length > 1) throw new UsageError('one package at a time');
  const found = await findPackage(positionals[0] ?? '.', process.cwd());
  const path = values.harness === undefined ? found.harness : resolve(values.harness);
  if (path === undefined) throw new UsageError(`${found.name} has no harness: write verify/harness.js, or name one by --harness`);
  const [plugin, harness] = [await load(found.entry), await load(path)];
  const only = values.only?.split(',').map((name) => name.trim()).filter((name) => name !== '');
  const verification = await verifyChannel({ package: found.name, entry: found.entry, manifest: plugin, harness: asHarness(harness, path), only });
  if (verification.checks.length === 1 && verification.failed === 0) throw new UsageError(`no check is called ${values.only}; --list names them`);
  print(values.json ? JSON.stringify(verification, null, 2) : report(verification));
  return verification.failed === 0 ? 0 : 1;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        harness: { type: 'string' }, only: { type: 'string' }, list: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'arguments that cannot be read');
  }
}

function done(print: (text: string) => void, text: string): number {
  print(text);
  return 0;
}

async function load(path: string): Promise<unknown> {
  try {
    const module: { default?: unknown } = await import(pathToFileURL(path).href);
    return module.default;
  } catch (error) {
    throw new UsageError(`${path} fails while loading: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function asHarness(value: unknown, path: string): Harness {
  const isOne = typeof value === 'object' && value !== null && 'env' in value && typeof value.env === 'function' && 'secrets' in value && 'addresses' in value;
  if (!isOne) throw new UsageError(`${path} does not default-export a harness: defineHarness({ env, secrets, addresses, provider })`);
  return value as Harness;
}
