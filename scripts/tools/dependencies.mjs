import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf, recall, remember } from '../lib/memory.mjs';
import { node24, root } from '../lib/paths.mjs';
import { run, StepFailed } from '../lib/run.mjs';
import { isProgram } from '../lib/which.mjs';

/** Installs what the lockfile says, unless exactly that is installed already. */
export async function installDependencies() {
  const wanted = `${await hashOf(['package-lock.json'])} ${process.platform}-${process.arch}`;
  if (isProgram(node24) && ((await recall('dependencies')) === wanted || (await isInstalled()))) {
    await remember('dependencies', wanted);
    return 'there';
  }
  // Not `npm ci`, which begins by throwing away what is there: an interrupted set-up goes on where it was.
  await run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, env: cleanEnvironment() });
  if (!isProgram(node24)) {
    throw new StepFailed(
      'the package `node` did not bring Node 24',
      'allow its install script: npm config set ignore-scripts false',
    );
  }
  await remember('dependencies', wanted);
  return 'installed';
}

/** npm notes at the very end what it has installed; somebody may have done that by hand. */
async function isInstalled() {
  const read = async (path) => JSON.parse(await readFile(join(root, path), 'utf8')).packages;
  try {
    const [lock, installed] = [await read('package-lock.json'), await read('node_modules/.package-lock.json')];
    const same = ([path, { version }]) => installed[path]?.version === version;
    const needed = Object.entries(lock).filter(
      ([path, entry]) => path.includes('node_modules/') && !entry.link && !entry.optional,
    );
    return needed.every(same) && Object.entries(installed).every(([path, entry]) => lock[path]?.version === entry.version);
  } catch {
    return false; // nothing is installed, or only half of it
  }
}

/** Started by npm itself, its settings for this one call must not reach the other one. */
function cleanEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(config_(?!registry|cafile|userconfig)|lifecycle|package|command)/.test(name),
    ),
  );
}
