import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { freePort, startChild, until, type Child } from '../util/index.js';
import { temporalCli } from './tools.js';
import type { AsyncResource } from '../util/async-resource.js';

export interface StartTemporalOptions {
  /** SQLite file that keeps everything; without one a killed server has forgotten all. */
  dbFile?: string;
  /** gRPC port on 127.0.0.1; a free one unless told. */
  port?: number;
  /** Port of the web page; none is served unless told. */
  uiPort?: number;
  /** File for the server's output. */
  logFile?: string;
  /** How long finished workflows are kept; the server's own default is one day. */
  retentionDays?: number;
}

export interface RunningTemporal extends AsyncResource {
  /** host:port for clients and workers. */
  address: string;
  /** Always "default". */
  namespace: string;
  uiUrl?: string;
  /** Process id of the server now running; another one after `restart`. */
  readonly pid: number;
  /** Settles when the server now running has ended, for whatever reason. */
  readonly exited: Child['exited'];
  /** kill -9, as a crash would. */
  kill(): Promise<void>;
  /** Ends the server if it runs, and starts it again on the same ports and file. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts Temporal's dev server, a real one in one process, and waits until it takes requests (about a second).
 * @throws Error when it does not come up within 60 seconds.
 */
export async function startTemporal(options: StartTemporalOptions = {}): Promise<RunningTemporal> {
  const command = await temporalCli();
  const port = options.port ?? (await freePort());
  const address = `127.0.0.1:${port}`;
  if (options.dbFile) await mkdir(dirname(options.dbFile), { recursive: true });
  const launch = async () => {
    const child = await startChild({ command, args: serverArguments(port, options), logFile: options.logFile });
    await ready(address, child);
    if (options.retentionDays) await keepHistories(command, address, options.retentionDays);
    return child;
  };
  let child = await launch();

  const kill = async () => {
    child.signal('SIGKILL');
    await child.exited;
  };
  const stop = () => child.stop();
  return {
    address,
    namespace: 'default',
    ...(options.uiPort ? { uiUrl: `http://127.0.0.1:${options.uiPort}` } : {}),
    get pid() {
      return child.pid;
    },
    get exited() {
      return child.exited;
    },
    kill,
    restart: async () => {
      await stop();
      child = await launch();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function serverArguments(port: number, { dbFile, uiPort }: StartTemporalOptions): string[] {
  const ui = uiPort ? ['--ui-port', String(uiPort)] : ['--headless'];
  const file = dbFile ? ['--db-filename', dbFile] : [];
  return ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'warn', ...ui, ...file];
}

async function ready(address: string, child: Child): Promise<void> {
  let gone = false;
  void child.exited.then(() => (gone = true));
  const answers = async () => gone || (await isUp(address));
  await until(answers, { timeoutMs: 60_000, everyMs: 100, what: `the Temporal server on ${address}` });
  if (gone) throw new Error(`the Temporal server on ${address} ended at once`);
}

async function isUp(address: string): Promise<boolean> {
  const connection = await Connection.connect({ address, connectTimeout: 2000 });
  try {
    await connection.workflowService.describeNamespace({ namespace: 'default' });
    return true;
  } finally {
    await connection.close();
  }
}

/** The dev server forgets finished workflows after a day: too soon to look back at a campaign of a week. */
async function keepHistories(command: string, address: string, days: number): Promise<void> {
  const args = ['operator', 'namespace', 'update', '--namespace', 'default', '--retention', `${days}d`, '--address', address];
  await promisify(execFile)(command, args);
}
