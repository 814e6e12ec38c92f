import { pathToFileURL } from 'node:url';
import { fail, step } from './lib/progress.mjs';
import { buildIfChanged } from './tools/build.mjs';
import { installDependencies } from './tools/dependencies.mjs';
import { ensureImapServer } from './tools/imap-server.mjs';
import { ensureTemporalCli } from './tools/temporal-cli.mjs';
import { ensureTemporalServer } from './tools/temporal-server.mjs';
import { ensureTestServer } from './tools/test-server.mjs';
import { checkToolchain } from './tools/toolchain.mjs';

/**
 * Brings the machine from a bare checkout to one that can run the product (and, with `tests`, its tests). Every step
 * is skipped when its work is there already, and goes on where Ctrl-C left it. Runs on Node 20 with nothing installed.
 */
export async function setup({ tests = false, long = false, build = true } = {}) {
  console.log('Setting up Sevenfold');
  await step('Tools', async () => checkToolchain({ tests }));
  // These download and compile for minutes the first time, side by side.
  const jobs = [step('Dependencies', installDependencies)];
  if (tests || !process.env.TEMPORAL_ADDRESS) jobs.push(step('Temporal server (built once)', ensureTemporalCli));
  // One after the other: Maven's cache does not like two at once.
  if (tests) jobs.push(step('Temporal test server', ensureTestServer).then(() => step('IMAP server', ensureImapServer)));
  if (long) jobs.push(step('Temporal server for Postgres (built once)', ensureTemporalServer));
  await allSettledOrThrow(jobs);
  if (build) await step('Build', buildIfChanged);
}

/** A failed step must not cut the others short: what they finish need not be done again. */
async function allSettledOrThrow(jobs) {
  const results = await Promise.allSettled(jobs);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  setup({ tests: process.argv.includes('--tests'), build: !process.argv.includes('--no-build') }).catch(fail);
}
