import { mkdir, readFile, rm } from 'node:fs/promises';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { fail, step } from './lib/progress.mjs';
import { node24, root, stateDir, toolEnvironment } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { setup } from './setup.mjs';
import { build } from './tools/build.mjs';

/*
 * npm test [-- what jest shall look for]      every check and all tests but the long ones
 * npm run test:long                           the long ones, reproducible by SEED
 *
 * The last line is `N passed, N failed` alone on a line: checks and tests together.
 */
const long = process.argv[2] === '--long';
const patterns = process.argv.slice(long ? 3 : 2);
const options = { cwd: root, env: toolEnvironment(), quiet: true };

/** What must hold before the tests are worth running. All are run, so that one go shows everything. */
const checks = [
  ['Lint', () => run('oxlint', ['--deny-warnings'], options)],
  ['Build and types', () => build()],
  ['Types of the tests', () => run('tsc', ['-p', 'tsconfig.test.json'], options)],
  ['Types of the demo', () => run('tsc', ['-p', 'examples/demo'], options)],
  ['Dependency arrows', () => run('depcruise', ['--config', '.dependency-cruiser.js', 'libs', 'plugins', 'apps', 'examples'], options)],
  ['OpenAPI is up to date', () => run('npm', ['run', '--silent', 'openapi:check'], options)],
];

async function runChecks() {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const count = { passed: 0, failed: 0 };
  const reports = [];
  for (const [title, check] of checks) {
    if (title.startsWith('OpenAPI') && !scripts['openapi:check']) continue;
    try {
      await step(title, () => check().then(() => undefined), { quiet: true });
      count.passed += 1;
    } catch (error) {
      count.failed += 1;
      reports.push(`── ${title} ──\n${error.message}`);
    }
  }
  if (reports.length) console.error(`\n${reports.join('\n\n')}\n`);
  return count;
}

/** Runs jest in this terminal and counts by its own report; a file that cannot be run at all counts as one failed. */
async function runJest() {
  const report = join(stateDir, 'jest.json');
  await mkdir(stateDir, { recursive: true });
  await rm(report, { force: true });
  const seed = process.env.SEED ?? String(randomInt(2 ** 31));
  if (long) console.log(`SEED=${seed}`);
  const env = toolEnvironment({ NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning', SEED: seed });
  const config = long ? 'jest.long.config.js' : 'jest.config.js';
  const args = [
    'node_modules/jest/bin/jest.js',
    '--ci',
    '--config',
    config,
    '--json',
    `--outputFile=${report}`,
    ...(long ? ['--runInBand'] : []),
  ];
  const ended = await run(node24, [...args, ...patterns], { cwd: root, env, quiet: false }).then(
    () => true,
    () => false,
  );
  const result = await readFile(report, 'utf8').then(JSON.parse, () => undefined);
  if (!result) return { passed: 0, failed: 1 };
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  return { passed: result.numPassedTests, failed: failed || (ended ? 0 : 1) };
}

async function main() {
  await setup({ tests: true, long, build: false });
  const checked = long ? await step('Build', () => build()).then(() => ({ passed: 0, failed: 0 })) : await runChecks();
  const tested = await runJest();
  const failed = checked.failed + tested.failed;
  console.log(`\n${checked.passed + tested.passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}

main().catch(fail);
