import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '@sevenfold/core/db';
import { appNames, startApp } from './apps.js';
import { embeddedParts } from './embedded.js';
import { root } from './places.js';
import { prepare, WrongConfiguration, type Prepared } from './prepare.js';
import { forgetRun, noteRun } from './run-file.js';
import { keepSecrets } from './secrets.js';
import { pauses, supervise, type Running, type Supervised } from './supervise.js';
import { addressTable } from './table.js';

/*
 * The program behind `npm start`: checks everything, starts the parts and then our processes, keeps them up, and ends
 * them in the opposite order.
 */
const say = (line: string) => console.log(`  ${line}`);
const started: Supervised[] = [];
const launching = new Set<Promise<void>>();
const giveUp = new AbortController();
let stopping: Promise<void> | undefined;

function start(name: string, launch: () => Promise<Running>): Promise<void> {
  const job = startPart(name, launch).finally(() => launching.delete(job));
  launching.add(job);
  return job;
}

async function startPart(name: string, launch: () => Promise<Running>): Promise<void> {
  const before = performance.now();
  const part = await supervise({ name, launch, say, ...pauses(process.env) });
  started.push(part);
  say(`✓ ${name} (${((performance.now() - before) / 1000).toFixed(1)} s)`);
}

async function run(prepared: Prepared): Promise<void> {
  const { places, real, ports, secrets, shared } = prepared;
  await noteRun(places, ports.api);
  await keepSecrets(places, secrets);
  console.log('Starting Sevenfold');
  const parts = embeddedParts(prepared);
  await allOrThrow(parts.map(({ name, launch }) => start(name, launch)));
  if (stopping) return;
  const done = await migrate(shared.DATABASE_URL_OWNER ?? '');
  say(`✓ Tables (${done.length ? `${done.length} changes` : 'up to date'})`);
  if (stopping) return;
  await allOrThrow(appNames.map((app) => start(app, () => startApp(app, shared, ports, places, giveUp.signal))));
  if (stopping) return;
  console.log(`\n${addressTable(shared, real, ports, places)}\n\nSevenfold is running. Ctrl-C ends it; the data stay.`);
}

function stop(exitCode: number): void {
  stopping ??= (async () => {
    console.log('\nStopping …');
    giveUp.abort();
    // What is just coming up can be stopped only when it is there.
    await Promise.allSettled(launching);
    // Ours first, the database last: nobody shall lose what it still writes to.
    for (const part of started.toReversed()) await part.stop();
    if (prepared) await forgetRun(prepared.places);
    process.exit(exitCode);
  })();
}

/** Waits for all, so that whatever did start is known and can be stopped, and then throws the first error. */
async function allOrThrow(jobs: Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(jobs);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

let prepared: Prepared | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));
// The script that started us was killed.
process.on('disconnect', () => stop(0));

try {
  const dotEnv = join(root, '.env');
  if (existsSync(dotEnv)) process.loadEnvFile(dotEnv);
  prepared = await prepare(process.env, { reset: process.argv.includes('--reset') });
  await run(prepared);
} catch (error) {
  if (error instanceof WrongConfiguration) {
    console.error(`\n${error.message}\n`);
    process.exit(78);
  }
  if (!stopping) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    stop(1);
  }
}
