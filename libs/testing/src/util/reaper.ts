import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

let reaper: ChildProcess | undefined;

/** From now on this process group ends when the calling process does, even by kill -9. */
export function endWithMe(group: number): void {
  reaper ??= startReaper();
  reaper.stdin?.write(`add ${group}\n`);
}

/** The group has ended; its number may soon belong to somebody else. */
export function endedBefore(group: number): void {
  reaper?.stdin?.write(`remove ${group}\n`);
}

function startReaper(): ChildProcess {
  const child = spawn(process.execPath, [programBeside(import.meta.url, 'reaper-main')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  // It must not keep its owner alive, and has no more to do when the pipe breaks.
  child.unref();
  if (child.stdin && 'unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
  child.stdin?.on('error', () => undefined);
  return child;
}

/** File of a program in the same folder: the source in tests (Node strips the types), JavaScript when built. */
export function programBeside(moduleUrl: string, name: string): string {
  return fileURLToPath(new URL(`./${name}${moduleUrl.endsWith('.ts') ? '.ts' : '.js'}`, moduleUrl));
}
