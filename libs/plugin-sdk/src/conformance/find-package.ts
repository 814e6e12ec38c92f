import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { NotInstalled, resolvePackage } from '../loading/import-package.js';
import { UsageError } from './usage.js';

/** A plugin package on this disk. */
export interface FoundPackage {
  readonly name: string;
  readonly folder: string;
  /** The file with its default export. */
  readonly entry: string;
  /** Its harness, if it has one where they are looked for. */
  readonly harness: string | undefined;
}

const PLACES = ['sevenfold.verify', 'verify/harness'].flatMap((base) => ['js', 'mjs', 'ts'].map((ending) => `${base}.${ending}`));

/** Finds a package by its name, as installed in `from`, or by its folder (`.`). */
export async function findPackage(named: string, from: string): Promise<FoundPackage> {
  const isFolder = named.startsWith('.') || isAbsolute(named);
  const name = isFolder ? (await packageJson(resolve(from, named))).name : named;
  if (name === undefined) throw new UsageError(`${named} has no package.json with a name`);
  const entry = await entryOf(name, isFolder ? resolve(from, named) : from);
  const folder = await folderOf(entry, name);
  const { sevenfold } = await packageJson(folder);
  const places = sevenfold?.verify === undefined ? PLACES : [sevenfold.verify];
  const harness = places.map((place) => join(folder, place)).find((path) => existsSync(path));
  if (sevenfold?.verify !== undefined && harness === undefined) throw new UsageError(`${name}: package.json names the harness ${sevenfold.verify}, which is not there`);
  return { name, folder, entry, harness };
}

async function entryOf(name: string, from: string): Promise<string> {
  try {
    // A package finds itself by its own name, which is how `.` works.
    return await resolvePackage(name, from);
  } catch (error) {
    if (error instanceof NotInstalled) throw new UsageError(`${name} is not installed here, or not built: its entry is not there`);
    throw error;
  }
}

async function folderOf(entry: string, name: string): Promise<string> {
  for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder)) {
    if ((await packageJson(folder)).name === name) return folder;
  }
  throw new UsageError(`${name}: no package.json above ${entry}`);
}

interface PackageJson {
  readonly name?: string;
  readonly sevenfold?: { readonly verify?: string };
}

async function packageJson(folder: string): Promise<PackageJson> {
  const path = join(folder, 'package.json');
  return existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as PackageJson) : {};
}
