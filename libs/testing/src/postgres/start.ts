import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { endProcess, freePort, isAlive, programBeside, signal, until } from '../util/index.js';
import type { GuardOptions } from './guard.js';
import { initialise, SUPERUSER } from './init.js';
import { preparePlace, type Place } from './place.js';
import { asAdmin } from './roles.js';
import type { AsyncResource } from '../util/async-resource.js';

export interface StartPostgresOptions {
  /** Folder of the cluster, created when missing; a new temporary one unless told. */
  dataDir?: string;
  /** Port on 127.0.0.1; a free one unless told. */
  port?: number;
  /** true: survives power cuts and stays after `stop`. false: as fast as possible, and removed by `stop`. */
  persistent: boolean;
  /** Password of the superuser; must be the same on every start of one cluster. */
  password?: string;
  /** Where the server's messages go; beside the folder unless told. */
  logFile?: string;
  /** The server stops by itself when this process is gone; the calling one unless told. */
  ownerPid?: number;
}

export interface RunningPostgres extends AsyncResource {
  /** Connection string of the superuser, for creating roles and databases only. */
  adminUrl: string;
  port: number;
  dataDir: string;
  /** Where the server writes what it has to say. */
  logFile: string;
  /** The process that runs the server: SIGTERM stops both. */
  guardPid: number;
  /** Settles when the server has ended, for whatever reason. */
  exited: Promise<void>;
  /** Ends all sessions and stops cleanly. */
  stop(): Promise<void>;
  /** Kills the server as a power cut would. The data stays; start again with the same folder and port. */
  crash(): Promise<void>;
}

/**
 * Starts an embedded PostgreSQL 18 that listens on loopback only, as root and as any other user.
 * A server left over on the same folder by a killed process is stopped first.
 * @throws Error with the end of the server's log when it does not come up within 60 seconds.
 */
export async function startPostgres(options: StartPostgresOptions): Promise<RunningPostgres> {
  const place = await preparePlace(options.dataDir ?? (await temporaryFolder()));
  await stopLeftOver(place.dataDir);
  const password = options.password ?? 'postgres';
  await initialise(place, password, options.persistent);
  const port = options.port ?? (await freePort());
  const logFile = options.logFile ?? `${place.dataDir}.log`;
  const ownerPid = options.ownerPid ?? process.pid;
  const guard = runGuard({
    ...place.binaries,
    args: serverArguments(place, port, options),
    user: place.user ?? {},
    logFile,
    ownerPid,
  });
  const guardPid = guard.pid;
  const adminUrl = `postgresql://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  await ready(adminUrl, guardPid, logFile);

  const clean = async () => {
    if (options.persistent) return;
    await rm(place.dataDir, { recursive: true, force: true });
    await rm(logFile, { force: true });
    if (!options.dataDir) await rm(dirname(place.dataDir), { recursive: true, force: true });
  };
  const stop = async () => {
    await endProcess(guardPid, 'SIGTERM', 30_000);
    await clean();
  };
  const crash = async () => {
    const pid = await serverPid(place.dataDir);
    if (pid) signal(pid, 'SIGKILL');
    await until(() => !isAlive(guardPid), { what: 'the killed database server to be gone' });
  };
  return {
    adminUrl,
    port,
    dataDir: place.dataDir,
    logFile,
    guardPid,
    exited: guard.exited,
    stop,
    crash,
    [Symbol.asyncDispose]: stop,
  };
}

/** Stops the server that still runs on this folder, if any: its guard was killed, or is about to stop it anyway. */
export async function stopLeftOver(dataDir: string): Promise<void> {
  const pid = await serverPid(dataDir);
  if (pid && (await isPostgres(pid))) await endProcess(pid, 'SIGINT', 30_000);
}

function serverArguments({ dataDir }: Place, port: number, { persistent }: StartPostgresOptions): string[] {
  const careless = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '2GB' };
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '300',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(persistent ? {} : careless),
  };
  return ['-D', dataDir, '-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

function runGuard(options: GuardOptions): { pid: number; exited: Promise<void> } {
  const guard = spawn(process.execPath, [programBeside(import.meta.url, 'guard'), JSON.stringify(options)], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  guard.unref();
  if (!guard.pid) throw new Error('the database server could not be started');
  const exited = new Promise<void>((resolve) => guard.once('exit', () => resolve()));
  return { pid: guard.pid, exited };
}

async function ready(adminUrl: string, guardPid: number, logFile: string): Promise<void> {
  const log = async () => (await readFile(logFile, 'utf8').catch(() => '')).split('\n').slice(-15).join('\n');
  const answers = async () => {
    if (!isAlive(guardPid)) return 'gone';
    await asAdmin(adminUrl, (client) => client.query('select 1'));
    return 'ready';
  };
  const state = await until(answers, { timeoutMs: 60_000, what: 'the database server' }).catch(async (error: unknown) => {
    throw new Error(`the database server does not answer:\n${await log()}`, { cause: error });
  });
  if (state === 'gone') throw new Error(`the database server stopped at once:\n${await log()}`);
}

async function serverPid(dataDir: string): Promise<number | undefined> {
  const text = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const pid = Number(text?.split('\n')[0]);
  return pid > 0 && isAlive(pid) ? pid : undefined;
}

/** The noted id may belong to something else by now, after a restart of the machine. */
async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim() === 'postgres';
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sevenfold-postgres-'));
  await chmod(folder, 0o711); // the user the server runs as must pass through
  return join(folder, 'data');
}
