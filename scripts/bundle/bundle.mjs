import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { root } from '../lib/paths.mjs';
import { leaveOutside, mapOwnCode } from './plugins.mjs';
import { findFilesOfTemporal } from './temporal.mjs';

/**
 * Puts what an application imports into a few files, `apps/<app>/dist/bundle`: a process that reads 20 files starts faster than one
 * that looks for 2,000. The plugins it depends on lie in a node_modules folder of the bundle's own and share its code, so that looking
 * them up by name finds them there, and any other plugin where it was installed. docs/adr/0020-bundles.md says why so.
 * @param app as its folder is called; compiled before
 */
export async function bundle(app) {
  const folder = join(root, 'apps', app);
  const [outdir, half] = [join(folder, 'dist/bundle'), join(folder, 'dist/bundle.half')];
  await rm(half, { recursive: true, force: true });
  const plugins = pluginsOf(folder);
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: [{ in: './dist/main.js', out: 'main' }, ...plugins.map((name) => ({ in: name, out: placeOf(name, 'index') }))],
    outdir: half,
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Names of classes and functions are read: in logs, by the ORM, in stack traces.
    keepNames: true,
    sourcemap: true,
    sourcesContent: false,
    // What CommonJS packages need, and ES modules lack.
    banner: { js: `import { createRequire as createRequireOfBundle } from 'node:module';\nconst require = createRequireOfBundle(import.meta.url);` },
    plugins: [leaveOutside(outdir), findFilesOfTemporal, mapOwnCode],
    metafile: true,
    logLevel: 'warning',
    // What `findFilesOfTemporal` writes is meant as it is.
    logOverride: { 'require-resolve-not-external': 'silent' },
  });
  for (const name of plugins) await writeFile(join(half, placeOf(name, 'package.json')), '{ "type": "module", "exports": "./index.js" }\n');
  await writeFile(join(half, 'made-of.json'), JSON.stringify(await ownFiles(Object.keys(metafile.inputs).map((path) => resolve(folder, path)))));
  // Complete or not there at all.
  await rm(outdir, { recursive: true, force: true });
  await rename(half, outdir);
}

const placeOf = (plugin, file) => `node_modules/${plugin}/${file}`;

/** Names of the plugins of this repository that an application depends on. */
function pluginsOf(folder) {
  const { dependencies } = manifest(folder);
  return readdirSync(join(root, 'plugins')).map((name) => manifest(join(root, 'plugins', name)).name).filter((name) => name in dependencies);
}

const manifest = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The compiled files of ours that went into it, each with its hash: by them the launcher sees that a bundle is old. */
async function ownFiles(paths) {
  const own = paths.filter((path) => path.includes('/dist/') && !path.includes('node_modules')).sort();
  return Object.fromEntries(await Promise.all(own.map(async (path) => [relative(root, path), createHash('sha1').update(await readFile(path)).digest('hex')])));
}
