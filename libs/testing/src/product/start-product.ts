import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portDefinitions, type PortName, type Ports } from '../launcher/ports.js';
import { root } from '../launcher/places.js';
import { freePort } from '../util/free-port.js';
import { startChild } from '../util/child.js';
import { until } from '../util/until.js';
import { TestApi } from './api.js';
import { pidOf, type ProcessName } from './pid-of.js';

export interface Product extends AsyncDisposable {
  api: TestApi;
  ports: Ports;
  /** Folder with data, logs and secrets of this one product. */
  home: string;
  /** Process id of one of our processes now running, to kill it. */
  pidOf(name: ProcessName): Promise<number>;
  /** What a process has logged so far. */
  log(name: string): Promise<string>;
  stop(): Promise<void>;
}

export interface ProductOptions {
  /** Variables on top of those of an ordinary start. */
  env?: Record<string, string>;
}

/**
 * Runs the whole product as `npm start` does, from the build, on free ports and in a folder of its own, which is removed
 * at the end.
 * @throws Error with the launcher's own words when it does not come up within two minutes
 */
export async function startProduct({ env = {} }: ProductOptions = {}): Promise<Product> {
  const home = await mkdtemp(join(tmpdir(), 'sevenfold-product-'));
  const names = Object.keys(portDefinitions) as PortName[];
  const free: number[] = [];
  while (free.length < names.length) {
    const port = await freePort();
    if (!free.includes(port)) free.push(port);
  }
  const ports = Object.fromEntries(names.map((name, index) => [name, free[index]])) as Ports;
  const token = `test-${randomBytes(24).toString('hex')}`;
  const logFile = join(home, 'launcher.log');
  const child = await startChild({
    command: process.execPath,
    args: [join(root, 'libs/testing/dist/launcher/main.js')],
    cwd: root,
    logFile,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      ...Object.fromEntries(names.map((name) => [portDefinitions[name].variable, String(ports[name])])),
      SEVENFOLD_HOME: home,
      SEVENFOLD_BOOTSTRAP_TOKEN: token,
      ...env,
    },
  });
  const stop = async (): Promise<void> => {
    await child.stop(60_000);
    if (process.env['SEVENFOLD_KEEP'] !== '1') await rm(home, { recursive: true, force: true });
  };
  let ended = false;
  void child.exited.then(() => (ended = true));
  try {
    await until(
      async () => {
        return ended || (await readFile(logFile, 'utf8')).includes('Sevenfold is running');
      },
      { timeoutMs: 120_000, everyMs: 200, what: 'the product to run' },
    );
    if (ended) throw new Error('The launcher has ended');
  } catch (error) {
    const words = await readFile(logFile, 'utf8').catch(() => '');
    await stop();
    throw new Error(`The product did not come up:\n${words}`, { cause: error });
  }
  return {
    api: new TestApi(`http://127.0.0.1:${ports.api}`, token),
    ports,
    home,
    pidOf: (name) => pidOf(name, home),
    log: (name) => readFile(join(home, 'logs', `${name}.log`), 'utf8'),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
