import { createHash } from 'node:crypto';
import { chmod, chown, mkdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { postgresBinaries, type PostgresBinaries } from './binaries.js';
import { copyOnce, isOpenToOthers, serverUser, type ServerUser } from './unprivileged.js';

/** Where root keeps what the lent user must reach when the checkout itself is closed to other users. */
const OPEN_BASE = '/var/tmp/sevenfold';

/** Everything that differs between root and a usual user: who runs the server, from where, on which folder. */
export interface Place {
  user?: ServerUser;
  binaries: PostgresBinaries;
  dataDir: string;
}

/** The folder really used for this data folder; another one only for root in a checkout closed to other users. */
export async function realDataDir(dataDir: string): Promise<string> {
  const wanted = resolve(dataDir);
  if (!serverUser() || (await isOpenToOthers(wanted))) return wanted;
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 16);
  return join(OPEN_BASE, name, basename(wanted));
}

/** Works out the place and makes its data folder, owned by the user who runs the server and closed to all others. */
export async function preparePlace(wantedDataDir: string): Promise<Place> {
  const user = serverUser();
  const dataDir = await realDataDir(wantedDataDir);
  await mkdir(dataDir, { recursive: true });
  await chmod(dataDir, 0o700);
  const binaries = await postgresBinaries();
  if (!user) return { binaries, dataDir };
  await chown(dataDir, user.uid, user.gid);
  return { user, dataDir, binaries: await reachable(binaries) };
}

async function reachable(binaries: PostgresBinaries): Promise<PostgresBinaries> {
  if (await isOpenToOthers(binaries.postgres)) return binaries;
  const native = dirname(dirname(binaries.postgres));
  const version = createHash('sha256').update(native).digest('hex').slice(0, 16);
  const copy = await copyOnce(native, join(OPEN_BASE, `postgres-${version}`));
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}
