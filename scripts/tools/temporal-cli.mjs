import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheDir } from '../lib/paths.mjs';
import { fail } from '../lib/progress.mjs';
import { run, StepFailed } from '../lib/run.mjs';
import { isProgram, which } from '../lib/which.mjs';

/** Newer versions cannot be built by `go install` (they replace modules). Server 1.29.1. */
const VERSION = 'v1.5.1';
const cached = join(cacheDir, 'bin', 'temporal');

/** The `temporal` program that is there already: on PATH, else ours in the cache. Undefined when there is none. */
export function findTemporalCli() {
  return which('temporal') ?? (isProgram(cached) ? cached : undefined);
}

/**
 * Path of the `temporal` program; built from source into the cache when there is none, which takes some minutes.
 * It is built aside and then renamed: after Ctrl-C the next run goes on with what Go has compiled so far.
 */
export async function ensureTemporalCli() {
  const found = findTemporalCli();
  if (found) return found;
  if (!which('go')) {
    throw new StepFailed(
      'there is no Temporal server',
      'install Go (≥ 1.23), or put `temporal` on PATH, or set TEMPORAL_ADDRESS',
    );
  }
  const workshop = join(cacheDir, `building-${process.pid}`);
  await mkdir(workshop, { recursive: true });
  try {
    const args = ['install', '-ldflags', '-s -w', `github.com/temporalio/cli/cmd/temporal@${VERSION}`];
    await run('go', args, { cwd: workshop, env: { ...process.env, GOBIN: workshop, GOFLAGS: '' } });
    await mkdir(join(cacheDir, 'bin'), { recursive: true });
    await rename(join(workshop, 'temporal'), cached);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  return cached;
}

// As a program it prints the path, for callers that are not scripts.
if (import.meta.url === pathToFileURL(process.argv[1]).href) ensureTemporalCli().then(console.log, fail);
