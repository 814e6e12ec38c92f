import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const errorCode = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** Thrown by {@link importPackage} when no such package is there. */
export class NotInstalled extends Error {}

/**
 * Imports a package by name, looked up from `resolveFrom` (a directory, or a file of the installing project) so that
 * what counts is what the product has installed, not what this library sees.
 */
export async function importPackage(name: string, resolveFrom: string): Promise<unknown> {
  return import(pathToFileURL(await resolvePackage(name, resolveFrom)).href);
}

/** The file a package's default export is in. Throws {@link NotInstalled}. */
export async function resolvePackage(name: string, resolveFrom: string): Promise<string> {
  const require = createRequire(join(resolveFrom, 'noop.js'));
  try {
    return require.resolve(name);
  } catch (error) {
    // A package that exports only `import` cannot be resolved by require, though it is there.
    const entry = await importOnlyEntry(name, nodeModulesAbove(resolveFrom));
    if (entry === undefined) throw new NotInstalled(name, { cause: error });
    return entry;
  }
}

function nodeModulesAbove(folder: string): string[] {
  const here = join(folder, 'node_modules');
  return dirname(folder) === folder ? [here] : [here, ...nodeModulesAbove(dirname(folder))];
}

async function importOnlyEntry(name: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const manifestPath = join(folder, name, 'package.json');
    const text = await readFile(manifestPath, 'utf8').catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
      throw error;
    });
    if (text === undefined) continue;
    const entry = entryOf(JSON.parse(text));
    return entry === undefined ? undefined : join(dirname(manifestPath), entry);
  }
  return undefined;
}

// `exports` is a string, an object of conditions, or either of them under ".".
function entryOf(node: unknown): string | undefined {
  if (typeof node === 'string') return node;
  if (typeof node !== 'object' || node === null) return undefined;
  for (const key of ['exports', '.', 'import', 'node', 'default']) {
    const child: unknown = Object.entries(node).find(([name]) => name === key)?.[1];
    const entry = child === undefined ? undefined : entryOf(child);
    if (entry !== undefined) return entry;
  }
  return undefined;
}
