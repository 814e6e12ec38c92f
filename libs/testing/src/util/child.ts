import { spawn } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { endProcess, signal } from './processes.js';
import { endedBefore, endWithMe } from './reaper.js';
import type { AsyncResource } from './async-resource.js';

export interface ChildOptions {
  command: string;
  args?: string[];
  cwd?: string;
  /** The whole environment of the child; the caller's unless told. */
  env?: NodeJS.ProcessEnv;
  /** File its output is appended to; without one it is dropped. */
  logFile?: string;
}

export interface Child extends AsyncResource {
  pid: number;
  /** Settles when the process has ended; never rejects. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Sends a signal to the process and everything it started. */
  signal(name: NodeJS.Signals): void;
  /** Asks it to end (SIGTERM), kills it after `graceMs` (10,000 unless told), and waits until it has. */
  stop(graceMs?: number): Promise<void>;
}

/**
 * Starts a program in a process group of its own: a Ctrl-C in the terminal does not reach it, and it ends together
 * with the calling process, however that one ends.
 * @throws Error when the program cannot be started.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const log = options.logFile ? openSync(options.logFile, 'a') : undefined;
  const child = spawn(options.command, options.args ?? [], {
    detached: true,
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', log ?? 'ignore', log ?? 'ignore'],
  });
  if (log !== undefined) closeSync(log);
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child.pid ?? 0));
  });
  endWithMe(pid);
  const exited: Child['exited'] = new Promise((resolve) => {
    child.once('exit', (code, name) => {
      endedBefore(pid);
      resolve({ code, signal: name });
    });
  });
  const stop = async (graceMs?: number) => {
    if (child.exitCode === null && child.signalCode === null) await endProcess(-pid, 'SIGTERM', graceMs);
    await exited;
  };
  return { pid, exited, signal: (name) => signal(-pid, name), stop, [Symbol.asyncDispose]: () => stop() };
}
