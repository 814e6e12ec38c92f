import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

/*
 * A program of its own: runs the PostgreSQL server and outlives nobody. It stops the server when told (SIGTERM,
 * SIGINT) and also when the process it works for has vanished without a word (kill -9). Started detached, so that a
 * Ctrl-C in the terminal reaches the launcher first and the database last.
 */
export interface GuardOptions {
  postgres: string;
  args: string[];
  user: { uid?: number; gid?: number };
  logFile: string;
  ownerPid: number;
}

const options: GuardOptions = JSON.parse(process.argv[2] ?? '');
const log = createWriteStream(options.logFile, { flags: 'a' });
const server = spawn(options.postgres, options.args, { ...options.user, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
server.stderr.pipe(log, { end: false });
server.on('error', (error) => log.end(`${error.message}\n`, () => process.exit(1)));
server.on('exit', (code) => log.end(() => process.exit(code ?? 1)));

// SIGINT is PostgreSQL's "fast shutdown": sessions are ended, the data is written cleanly.
const stop = () => server.kill('SIGINT');
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
setInterval(() => isAlive(options.ownerPid) || stop(), 500).unref();

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
