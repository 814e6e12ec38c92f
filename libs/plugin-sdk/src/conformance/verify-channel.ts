import { isManifest, manifestProblems } from '../manifest/manifest-schema.js';
import { sdkProblem } from '../manifest/sdk-problem.js';
import { channelChecks } from './checks/index.js';
import type { Harness } from './harness.js';
import type { Check } from './kit/check.js';
import type { Subject } from './kit/subject.js';
import { Failed, NotApplicable } from './kit/verdict.js';
import { inTurns } from './kit/in-turns.js';
import type { CheckResult, Verification } from './verification.js';

/** The names and titles of all checks, in the order of the report. */
export const checkList: readonly Pick<Check, 'name' | 'title'>[] = [
  { name: 'manifest.loads', title: 'Its default export is the manifest of a channel for this SDK' },
  ...channelChecks.map(({ name, title }) => ({ name, title })),
];

/** What is verified, and how much of it. */
export interface VerifyOptions {
  /** For the report. */
  readonly package: string;
  /** The file with the plugin's default export. */
  readonly entry: string;
  /** That default export. */
  readonly manifest: unknown;
  readonly harness: Harness;
  /** Only checks whose names begin with one of these. */
  readonly only?: readonly string[];
  /** Node's own options for the process in which the plugin stands alone; those of this one unless told. */
  readonly execArgv?: readonly string[];
  /** Checks at once; each has a provider, a line and a plugin of its own. */
  readonly atOnce?: number;
  onResult?(result: CheckResult): void;
}

/**
 * Runs the conformance kit against one channel. It believes the provider's side, not the plugin. Everything found is in the answer;
 * it throws only when the harness itself cannot be used.
 */
export async function verifyChannel(options: VerifyOptions): Promise<Verification> {
  const { manifest, harness, only = [], execArgv = ownOptions(), atOnce = 8 } = options;
  const first = loads(manifest);
  const chosen = channelChecks.filter(({ name }) => only.length === 0 || only.some((prefix) => name.startsWith(prefix)));
  const results: CheckResult[] = [first];
  options.onResult?.(first);
  if (first.result === 'passed' && isManifest(manifest) && manifest.kind === 'channel') {
    const subject: Subject = { package: options.package, entry: options.entry, manifest, harness, execArgv };
    results.push(...(await inTurns(chosen, atOnce, async (check) => {
      const result = await judge(check, subject);
      options.onResult?.(result);
      return result;
    })));
  }
  const count = (wanted: CheckResult['result']): number => results.filter(({ result }) => result === wanted).length;
  return { package: options.package, checks: results, passed: count('passed'), failed: count('failed'), notApplicable: count('not applicable') };
}

// A debugger has one port, and a script given by -e is not the plugin's process.
const ownOptions = (): string[] => (process.execArgv.some((each) => /^(-e|-p|--eval|--print)$/.test(each)) ? [] : process.execArgv.filter((each) => !each.startsWith('--inspect')));

/** The first check of all: without a manifest there is nothing to look at. */
function loads(manifest: unknown): CheckResult {
  const check = { name: 'manifest.loads', title: checkList[0]?.title ?? '', ms: 0 };
  const problems = manifestProblems(manifest);
  if (isManifest(manifest)) {
    if (manifest.kind !== 'channel') problems.push('kind: this kit verifies channels');
    const range = sdkProblem(manifest.sdk);
    if (range !== undefined) problems.push(range);
  }
  return problems.length === 0 ? { ...check, result: 'passed' } : { ...check, result: 'failed', detail: problems.join('; ') };
}

async function judge({ name, title, run }: Check, subject: Subject): Promise<CheckResult> {
  const begun = performance.now();
  const answer = (result: CheckResult['result'], detail?: string): CheckResult => ({
    name, title, result, ms: Math.round(performance.now() - begun), ...(detail !== undefined && { detail }),
  });
  try {
    await run(subject);
    return answer('passed');
  } catch (error) {
    if (error instanceof NotApplicable) return answer('not applicable', error.message);
    if (error instanceof Failed) return answer('failed', error.message);
    return answer('failed', `the check broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}
