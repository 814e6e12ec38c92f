import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** What this checkout remembers: data, secrets, what was installed and built. Ignored by git. */
export const stateDir = join(root, '.sevenfold');

/** Tools shared by every checkout of this user, as they take minutes to make. */
export const cacheDir = process.env.SEVENFOLD_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'sevenfold');

/** Our own Node 24, there once the dependencies are installed. */
export const node24 = join(root, 'node_modules', '.bin', 'node');

/** The environment in which `node` means Node 24 and the installed programs are found first. */
export function toolEnvironment(extra = {}) {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  return { ...process.env, PATH: path, ...extra };
}
