import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppName } from './app-environment.js';
import { root } from './places.js';

/**
 * The file that starts one of our processes, as it ships: its bundle.
 * @throws Error when there is none, or code was compiled anew after it was bundled: a test would try what nobody has
 */
export function builtProgram(app: AppName): string {
  const folder = join(root, 'apps', app, 'dist/bundle');
  const madeOf = join(folder, 'made-of.json');
  if (!existsSync(madeOf)) throw new Error(`${folder} is not there: npm run build`);
  const changed = Object.entries(JSON.parse(readFileSync(madeOf, 'utf8')) as Record<string, string>).find(([file, hash]) => hashOf(file) !== hash);
  if (changed) throw new Error(`The bundle of ${app} is older than ${changed[0]}: npm run bundle -- ${app}`);
  return join(folder, 'main.js');
}

function hashOf(file: string): string | undefined {
  const path = join(root, file);
  return existsSync(path) ? createHash('sha1').update(readFileSync(path)).digest('hex') : undefined;
}
