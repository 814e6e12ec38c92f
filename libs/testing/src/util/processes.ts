import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a process with this id exists (also one we may not signal). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Sends a signal; a process that is gone already is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

/**
 * Asks a process to end and waits for it; after `graceMs` milliseconds it is killed.
 * A negative id addresses the whole process group, as for kill(2).
 */
export async function endProcess(pid: number, name: NodeJS.Signals = 'SIGTERM', graceMs = 10_000): Promise<void> {
  const giveUpAt = performance.now() + graceMs;
  signal(pid, name);
  // In a container nobody may collect the dead; what still "lives" a while after SIGKILL is one of those.
  while (isAlive(pid) && performance.now() < giveUpAt + 2000) {
    if (performance.now() > giveUpAt) signal(pid, 'SIGKILL');
    await sleep(20);
  }
}

/**
 * The `code` of a system error ("ENOENT"), undefined for any other. Asks for the shape and not for `instanceof Error`:
 * in jest the errors of Node itself come from another realm.
 */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
