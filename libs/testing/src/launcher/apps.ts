import { join } from 'node:path';
import { startChild, until, type Child } from '../util/index.js';
import { environmentOf, type AppName, type Variables } from './app-environment.js';
import { builtProgram } from './built-program.js';
import { logFile, tail } from './logs.js';
import { root, type Places } from './places.js';
import type { Ports } from './ports.js';
import type { Running } from './supervise.js';

/** The processes of the product, in the order they are started. */
export const appNames: readonly AppName[] = ['api', 'worker', 'slackbot'];

/** As the worker's image has it. */
export const workerNodeOptions = '--max-old-space-size=1024';

/**
 * Starts one of our processes from its build and waits until it says that it is ready, or can at least be given work.
 * @param giveUp ends the wait, and the process with it
 * @param name of its log file
 * @throws Error with the end of its log when it ends at once, or is not ready after two minutes.
 */
export async function startApp(app: AppName, shared: Variables, ports: Ports, places: Places, giveUp: AbortSignal, name: string = app): Promise<Running> {
  const env = environmentOf(app, shared, ports);
  const log = await logFile(places.logs, name);
  const child = await startChild({
    command: process.execPath,
    args: [builtProgram(app)],
    cwd: root,
    // Modules are compiled once, and not at every start.
    env: { NODE_COMPILE_CACHE: join(places.home, 'compile-cache'), ...(app === 'worker' && { NODE_OPTIONS: workerNodeOptions }), ...env },
    logFile: log,
  });
  try {
    await ready(`http://127.0.0.1:${env.HEALTH_PORT}/readyz`, child, giveUp);
  } catch (error) {
    await child.stop();
    throw new Error(`${app} did not come up (${String(error)}). The end of ${log}:\n${await tail(log)}`, { cause: error });
  }
  return { exited: child.exited, stop: () => child.stop(20_000) };
}

/** How long we wait for everything; after that it is enough that the process can be given work, in ms. */
const wholeMs = 20_000;

async function ready(url: string, child: Child, giveUp: AbortSignal): Promise<void> {
  let ended: string | undefined;
  void child.exited.then(({ code, signal }) => (ended = `it ended with ${signal ?? code}`));
  giveUp.addEventListener('abort', () => (ended = 'it is not wanted any more'));
  const begun = performance.now();
  // A mail server that is away, say, is no reason not to start: /readyz names it, and it is asked again and again.
  const address = (): string => (performance.now() - begun < wholeMs ? url : `${url}?for=traffic`);
  const answers = async () => ended ?? (await fetch(address(), { signal: AbortSignal.timeout(5000) })).ok;
  await until(answers, { timeoutMs: 120_000, everyMs: 100, what: url });
  if (ended) throw new Error(ended);
}
