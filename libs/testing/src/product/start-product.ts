import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DATABASE } from '../launcher/app-environment.js';
import { portDefinitions, type PortName, type Ports } from '../launcher/ports.js';
import { placesOf, root } from '../launcher/places.js';
import { readSecrets, type Secrets } from '../launcher/secrets.js';
import { freePort } from '../util/free-port.js';
import { startChild } from '../util/child.js';
import { until } from '../util/until.js';
import { TestApi } from './api.js';
import { openDoors, portsOfCopy, startCopy, throughDoors, type Doors } from './copies.js';
import { copyName, pidOf, type ProcessName } from './pid-of.js';

export interface Product extends AsyncDisposable {
  /** Through the balancer where there are several. */
  api: TestApi;
  /** Those of the first copy, and of what is shared. */
  ports: Ports;
  /** The one address of several copies; undefined when there is one of each. */
  doors: Doors | undefined;
  /** Folder with data, logs and secrets of this one product. */
  home: string;
  /** A superuser's connection to its embedded database: to look, and to close gates. */
  adminUrl: string;
  secrets: Secrets;
  /** Process id of one of our processes now running, to kill it; `copy` counts from 1. */
  pidOf(name: ProcessName, copy?: number): Promise<number>;
  /** What a process has logged so far. */
  log(name: string, copy?: number): Promise<string>;
  stop(): Promise<void>;
}

export interface ProductOptions {
  /** Variables on top of those of an ordinary start. */
  env?: Record<string, string>;
  /** How many of each process, behind one address; 1 unless told. */
  copies?: number;
}

/**
 * Runs the whole product as `npm start` does, from the build, on free ports and in a folder of its own, which is removed
 * at the end.
 * @throws Error with the launcher's own words when it does not come up within two minutes
 */
export async function startProduct({ env = {}, copies = 1 }: ProductOptions = {}): Promise<Product> {
  const home = await mkdtemp(join(tmpdir(), 'sevenfold-product-'));
  const names = Object.keys(portDefinitions) as PortName[];
  const next = await freePorts(names.length * copies);
  const ports = Object.fromEntries(names.map((name) => [name, next()])) as Ports;
  const all = [ports, ...Array.from({ length: copies - 1 }, () => portsOfCopy(ports, next))];
  const doors = copies > 1 ? await openDoors(all) : undefined;
  const token = `test-${randomBytes(24).toString('hex')}`;
  const variables = (own: Ports): Record<string, string> => ({
    ...Object.fromEntries(names.map((name) => [portDefinitions[name].variable, String(own[name])])),
    SEVENFOLD_HOME: home,
    SEVENFOLD_BOOTSTRAP_TOKEN: token,
    ...(doors ? throughDoors(doors) : {}),
    ...env,
  });
  const launcher = await launch(home, variables(ports));
  const ends: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(ends.map((end) => end()));
    await launcher.stop();
    await Promise.all([doors?.api.close(), doors?.slackbot.close()]);
    if (process.env['SEVENFOLD_KEEP'] !== '1') await rm(home, { recursive: true, force: true });
  };
  try {
    await launcher.ready();
    for (const [index, own] of all.entries()) if (index > 0) ends.push(await startCopy(index + 1, own, { ...inherited(), ...variables(own) }));
  } catch (error) {
    await stop();
    throw error;
  }
  const secrets = await readSecrets(placesOf({ SEVENFOLD_HOME: home }), false, []);
  return {
    api: new TestApi(doors?.api.url ?? `http://127.0.0.1:${ports.api}`, token),
    ports,
    doors,
    home,
    adminUrl: `postgresql://postgres:${secrets.database.superuser}@127.0.0.1:${ports.postgres}/${DATABASE}`,
    secrets,
    pidOf: (name, copy) => pidOf(name, home, copy),
    log: (name, copy = 1) => readFile(join(home, 'logs', `${copyName(name, copy)}.log`), 'utf8'),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function launch(home: string, variables: Record<string, string>) {
  const logFile = join(home, 'launcher.log');
  const child = await startChild({
    command: process.execPath,
    args: [join(root, 'libs/testing/dist/launcher/main.js')],
    cwd: root,
    logFile,
    env: { ...inherited(), ...variables },
  });
  let ended = false;
  void child.exited.then(() => (ended = true));
  const running = async () => ended || (await readFile(logFile, 'utf8')).includes('Sevenfold is running');
  return {
    stop: () => child.stop(60_000),
    ready: async (): Promise<void> => {
      try {
        await until(running, { timeoutMs: 120_000, everyMs: 200, what: 'the product to run' });
        if (ended) throw new Error('The launcher has ended');
      } catch (error) {
        throw new Error(`The product did not come up:\n${await readFile(logFile, 'utf8').catch(() => '')}`, { cause: error });
      }
    },
  };
}

/** Our own environment, without what jest needs for itself. */
function inherited(): Record<string, string> {
  const own = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return { ...Object.fromEntries(own), NODE_OPTIONS: '' };
}

/** So many different ports, handed out one by one. */
async function freePorts(count: number): Promise<() => number> {
  const free = new Set<number>();
  while (free.size < count) free.add(await freePort());
  const left = [...free];
  return () => {
    const port = left.pop();
    if (port === undefined) throw new Error('No port is left');
    return port;
  };
}
