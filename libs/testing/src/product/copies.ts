import { startBalancer, type Balancer } from '../balancer/index.js';
import { appNames, startApp } from '../launcher/apps.js';
import { sharedEnvironment, type Variables } from '../launcher/app-environment.js';
import { realParts } from '../launcher/parts.js';
import { placesOf } from '../launcher/places.js';
import type { PortName, Ports } from '../launcher/ports.js';
import { readSecrets } from '../launcher/secrets.js';
import { pauses, supervise, type Supervised } from '../launcher/supervise.js';
import { copyName } from './pid-of.js';

/** What each process listens on itself; everything else is shared. */
const ownPorts = ['api', 'slackbot', 'workerHealth', 'slackbotHealth', 'apiMetrics', 'mailIn'] as const satisfies PortName[];

/** The ports of one further copy of each process. */
export const portsOfCopy = (ports: Ports, next: () => number): Ports => ({
  ...ports,
  ...Object.fromEntries(ownPorts.map((name) => [name, next()])),
});

export interface Doors {
  api: Balancer;
  slackbot: Balancer;
}

/** One address for all APIs and one for all bots. */
export async function openDoors(copies: readonly Ports[]): Promise<Doors> {
  const [api, slackbot] = await Promise.all([
    startBalancer({ targets: copies.map((each) => each.api) }),
    startBalancer({ targets: copies.map((each) => each.slackbot) }),
  ]);
  return { api, slackbot };
}

/** Everybody, inside and outside, reaches the API by its door. */
export const throughDoors = ({ api }: Doors): Variables => ({ API_URL: api.url, PUBLIC_URL: `http://localhost:${api.port}` });

/**
 * Starts a further copy of each process beside those of the launcher, and starts it again whenever it ends.
 * @param env what the launcher was started with
 * @returns how to end them
 */
export async function startCopy(copy: number, ports: Ports, env: Variables): Promise<() => Promise<void>> {
  const places = placesOf(env);
  const problems: string[] = [];
  const secrets = await readSecrets(places, false, problems);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const shared = sharedEnvironment(env, realParts(env), ports, secrets);
  const giveUp = new AbortController();
  const started: Supervised[] = [];
  for (const app of appNames) {
    const name = copyName(app, copy);
    const launch = () => startApp(app, shared, ports, places, giveUp.signal, name);
    started.push(await supervise({ name, launch, say: () => undefined, ...pauses(env) }));
  }
  return async () => {
    giveUp.abort();
    await Promise.all(started.map((each) => each.stop()));
  };
}
