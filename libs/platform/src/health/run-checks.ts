import { scrubText } from '../logging/index.js';

/** What a process needs to work, by name; a check throws when it is missing. */
export type Checks = Record<string, () => Promise<void>>;

/** The answer of /readyz: per check `ok` or why not. */
export interface Readiness {
  status: 'ready' | 'not_ready';
  checks: Record<string, string>;
}

/** Runs all checks at once. Never throws; a check that takes longer than `timeoutMs` (2000) has failed. */
export async function runChecks(checks: Checks, timeoutMs = 2000): Promise<Readiness> {
  const results = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await outcome(check, timeoutMs)] as const));
  return { status: results.every(([, result]) => result === 'ok') ? 'ready' : 'not_ready', checks: Object.fromEntries(results) };
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
