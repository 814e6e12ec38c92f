import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type ProcessName = 'api' | 'worker' | 'slackbot' | 'temporal' | 'postgres';

/**
 * The process of a product now running in `home`, to be killed by a test.
 * @param copy which of several, from 1
 * @throws Error when it is not found
 */
export async function pidOf(name: ProcessName, home: string, copy = 1): Promise<number> {
  if (name === 'postgres') return Number((await readFile(join(home, 'data/postgres/postmaster.pid'), 'utf8')).split('\n', 1)[0]);
  if (name === 'temporal') return byCommandLine(join(home, 'data/temporal.db'));
  const file = join(home, 'logs', `${copyName(name, copy)}.log`);
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  // Ours say who they are in every line; what other things print to the same file has no pid.
  const pid = lines.toReversed().map(pidOfLine).find((each) => each !== undefined);
  if (pid === undefined) throw new Error(`${name} has logged nothing yet`);
  return pid;
}

/** `api`, `api-2`, … */
export const copyName = (name: string, copy: number): string => (copy === 1 ? name : `${name}-${copy}`);

function pidOfLine(line: string): number | undefined {
  return line.startsWith('{') ? Number(/"pid":(\d+)/.exec(line)?.[1] ?? Number.NaN) || undefined : undefined;
}

async function byCommandLine(part: string): Promise<number> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(part) && command.includes('server')) return Number(entry);
  }
  throw new Error(`No process runs with ${part}`);
}
