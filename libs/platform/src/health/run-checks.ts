import { scrubText } from '../logging/index.js';

/** What a process needs to work, by name; a check throws when it is missing. */
export type Checks = Record<string, () => Promise<void>>;

/** The answer of /readyz: per check `ok` or why not. */
export interface Readiness {
  /** `degraded`: something is away, but what must be there to be given work is there. */
  status: 'ready' | 'degraded' | 'not_ready';
  checks: Record<string, string>;
}

export interface RunChecksOptions {
  /** A check that takes longer has failed, in ms; 2000 unless told. */
  timeoutMs?: number;
  /** Names of the checks without which the process can be given no work at all; all of them unless told. */
  vital?: readonly string[];
}

/** Runs all checks at once. Never throws. */
export async function runChecks(checks: Checks, { timeoutMs = 2000, vital = Object.keys(checks) }: RunChecksOptions = {}): Promise<Readiness> {
  const results = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await outcome(check, timeoutMs)] as const));
  const failed = results.filter(([, result]) => result !== 'ok').map(([name]) => name);
  const status = failed.length === 0 ? 'ready' : failed.some((name) => vital.includes(name)) ? 'not_ready' : 'degraded';
  return { status, checks: Object.fromEntries(results) };
}

/** What /readyz?for=traffic asks: the vital checks alone. */
export function vitalChecks(checks: Checks, vital: readonly string[]): Checks {
  return Object.fromEntries(Object.entries(checks).filter(([name]) => vital.includes(name)));
}

async function outcome(check: () => Promise<void>, timeoutMs: number): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${timeoutMs} ms`), timeoutMs);
  });
  try {
    return await Promise.race([check().then(() => 'ok'), timeout]);
  } catch (error) {
    return reason(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Shown to whoever may ask, so without addresses and passwords, and short. A refused connection to a name of two addresses has a code only. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const code = 'code' in error ? String(error.code) : '';
  return scrubText(error.message || code || error.name).split('\n', 1).join('').slice(0, 200);
}
