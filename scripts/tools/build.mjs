import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, recall, remember } from '../lib/memory.mjs';
import { node24, root, toolEnvironment } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { apps } from './apps.mjs';

/** Builds everything: libraries and plugins by tsc, the apps by Nest, and two kinds of bundles ahead of the processes' start: the workflows', and each process' own. */
export async function build({ quiet = true } = {}) {
  const options = { cwd: root, env: toolEnvironment(), quiet };
  await run('tsc', ['-b', ...libraries()], options);
  for (const app of apps) await run('nest', ['build', app], options);
  // Bundling the workflows takes most of a worker's start, so it is done once, here.
  await run(node24, ['apps/worker/dist/engine/bundle.js'], options);
  await run(node24, ['scripts/bundle.mjs'], options);
  await remember('build', await sources());
}

/** Builds unless the sources are those of the last build. */
export async function buildIfChanged() {
  const built = apps.every((app) => existsSync(join(root, 'apps', app, 'dist', 'bundle', 'main.js')));
  if (built && (await recall('build')) === (await sources())) return 'up to date';
  await build();
  return 'built';
}

function sources() {
  const config = ['tsconfig.base.json', 'nest-cli.json', 'package-lock.json', 'scripts/bundle', 'scripts/bundle.mjs'];
  return hashOf([...config, 'libs', 'plugins', 'apps'], (path) => !path.endsWith('.test.ts') && !path.endsWith('.md'));
}

function libraries() {
  return ['libs', 'plugins'].flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(root, folder, entry.name, 'tsconfig.json')))
      .map((entry) => `${folder}/${entry.name}`),
  );
}
