import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, stateDir } from './paths.mjs';

/** What a step noted when it was last done, or undefined. */
export async function recall(name) {
  return readFile(join(stateDir, `${name}.done`), 'utf8').catch(() => undefined);
}

/** Notes that a step is done. Written aside and renamed: half a note must not pass for one. */
export async function remember(name, value) {
  await mkdir(stateDir, { recursive: true });
  const half = join(stateDir, `.${name}.${process.pid}`);
  await writeFile(half, value);
  await rename(half, join(stateDir, `${name}.done`));
}

/** One hash over the contents of files and folders (below the checkout), in a fixed order. */
export async function hashOf(paths, keep = () => true) {
  const hash = createHash('sha256');
  for (const path of paths) await addTo(hash, path, keep);
  return hash.digest('hex');
}

async function addTo(hash, path, keep) {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOTDIR') return undefined;
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (!entries)
    return hash
      .update(path)
      .update('\0')
      .update(await readFile(join(root, path)));
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const child = `${path}/${entry.name}`;
    if (entry.isDirectory() ? !ignored.has(entry.name) : keep(child)) await addTo(hash, child, keep);
  }
}

const ignored = new Set(['node_modules', 'dist', 'test', '.git']);
