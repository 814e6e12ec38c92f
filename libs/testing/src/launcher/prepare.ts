import { chmod, mkdir, rm } from 'node:fs/promises';
import { realDataDir, stopLeftOver } from '../postgres/index.js';
import { until } from '../util/index.js';
import { sharedEnvironment, type Variables } from './app-environment.js';
import { configurationProblems, pluginProblems, takenPorts } from './check.js';
import { realParts, usedPorts, type RealParts } from './parts.js';
import { placesOf, type Places } from './places.js';
import { readPorts, type Ports } from './ports.js';
import { previousRun } from './run-file.js';
import { readSecrets, type Secrets } from './secrets.js';

/** All that is known before the first part starts. */
export interface Prepared {
  places: Places;
  real: RealParts;
  ports: Ports;
  secrets: Secrets;
  shared: Variables;
}

/** Everything is wrong at once, in one list; nothing has been started. */
export class WrongConfiguration extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`Sevenfold cannot start:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/**
 * Reads and checks the whole configuration.
 * @throws WrongConfiguration
 */
export async function prepare(env: NodeJS.ProcessEnv, { reset }: { reset: boolean }): Promise<Prepared> {
  const problems: string[] = [];
  const places = placesOf(env);
  const real = realParts(env);
  const used = usedPorts(real);
  const ports = readPorts(env, used, problems);

  await openHome(places);
  const before = await previousRun(places);
  if (before?.alive)
    throw new WrongConfiguration([`It runs here already (process ${before.pid}, http://localhost:${before.api}).`]);
  if (reset && real.postgres) problems.push('--reset would not touch the database in DATABASE_URL; empty that one yourself.');
  if (reset && real.temporal)
    problems.push('--reset would not touch the Temporal server in TEMPORAL_ADDRESS; use another TEMPORAL_NAMESPACE.');
  if (!real.postgres) await stopLeftOver(await realDataDir(places.postgres));

  const secrets = await readSecrets(places, reset, problems);
  const shared = sharedEnvironment(env, real, ports, secrets);
  problems.push(...configurationProblems(shared, ports));
  problems.push(...(await pluginProblems(shared)));
  // What a killed run left behind is ending by itself, and may need some seconds.
  const free = async () => (await takenPorts(ports, used)).length === 0;
  if (before) await until(free, { timeoutMs: 10_000, everyMs: 200, what: 'the ports of the last run' }).catch(() => undefined);
  problems.push(...(await takenPorts(ports, used)));
  if (problems.length) throw new WrongConfiguration(problems);
  if (reset) await wipe(places);
  return { places, real, ports, secrets, shared };
}

/** Started by root, the database belongs to another user, who must pass through here; what is inside stays closed. */
async function openHome({ home }: Places): Promise<void> {
  await mkdir(home, { recursive: true });
  if (process.getuid?.() === 0) await chmod(home, 0o711);
}

async function wipe(places: Places): Promise<void> {
  const database = await realDataDir(places.postgres);
  await Promise.all([database, places.data].map((folder) => rm(folder, { recursive: true, force: true })));
}
