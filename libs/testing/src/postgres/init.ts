import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Place } from './place.js';

/** The one superuser of a cluster; the product itself never uses it. */
export const SUPERUSER = 'postgres';

/**
 * Creates the cluster in the place's data folder unless there is one. It is made beside and then renamed, so that
 * an interruption never leaves half a cluster behind.
 */
export async function initialise(place: Place, password: string, durable: boolean): Promise<void> {
  if (await stat(join(place.dataDir, 'PG_VERSION')).catch(() => undefined)) return;
  const half = `${place.dataDir}.half`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  const passwordFile = join(tmpdir(), `.sevenfold-${randomUUID()}`);
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (place.user) await Promise.all([half, passwordFile].map((path) => give(path, place)));
  try {
    await promisify(execFile)(place.binaries.initdb, initArguments(half, passwordFile, durable), {
      ...place.user,
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C' },
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rm(place.dataDir, { recursive: true, force: true });
  await rename(half, place.dataDir);
}

function initArguments(dataDir: string, passwordFile: string, durable: boolean): string[] {
  return [
    `--pgdata=${dataDir}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorting must not depend on what languages the machine knows.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    // By this one the trigrams of the search know letters: with plain C, those of ASCII alone.
    `--lc-ctype=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`,
    ...(durable ? [] : ['--no-sync']),
  ];
}

async function give(path: string, { user }: Place): Promise<void> {
  if (user) await chown(path, user.uid, user.gid);
}
