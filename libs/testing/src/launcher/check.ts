import { join } from 'node:path';
import {
  ConfigError,
  loadApiConfig,
  loadSetupConfig,
  loadSlackbotConfig,
  loadWorkerConfig,
  variables,
} from '@sevenfold/platform/config';
import { systemClock } from '@sevenfold/platform/clock';
import { loadPlugins, PluginLoadError } from '@sevenfold/plugin-sdk';
import { isPortFree } from '../util/index.js';
import { environmentOf, type Variables } from './app-environment.js';
import { root } from './places.js';
import { portDefinitions, type PortName, type Ports } from './ports.js';

/** Reads every process's configuration as it will itself, and says everything that is wrong. */
export function configurationProblems(shared: Variables, ports: Ports): string[] {
  const reads = [
    () => loadSetupConfig(shared),
    () => loadApiConfig(environmentOf('api', shared, ports)),
    () => loadWorkerConfig(environmentOf('worker', shared, ports)),
    () => loadSlackbotConfig(environmentOf('slackbot', shared, ports)),
  ];
  return unique(reads.flatMap(problemsOf));
}

function problemsOf(read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ variable, problem, fix }) => `${variable} ${problem}. ${fix.replace(/\.?$/, '.')}`);
  }
}

/** Loads the plugins as the API and the worker will, and says which are missing, incompatible or badly configured. */
export async function pluginProblems(shared: Variables): Promise<string[]> {
  const named = shared.SEVENFOLD_PLUGINS ?? variables.find(({ name }) => name === 'SEVENFOLD_PLUGINS')?.fallback ?? '';
  const packages = named
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const silent = () => undefined;
  const logger = { debug: silent, info: silent, warn: silent, error: silent };
  const host = { clock: systemClock, logger, publicUrl: shared.PUBLIC_URL ?? '' };
  try {
    const registry = await loadPlugins({ packages, env: shared, host, resolveFrom: join(root, 'apps', 'worker', 'dist') });
    await registry.close();
    return [];
  } catch (error) {
    if (!(error instanceof PluginLoadError)) throw error;
    return unique(error.problems.map(({ package: name, reason }) => `Plugin ${name}: ${reason}.`));
  }
}

/** A clear word about every port somebody else listens on. */
export async function takenPorts(ports: Ports, used: readonly PortName[]): Promise<string[]> {
  const checks = used.map(async (name) => {
    if (await isPortFree(ports[name])) return [];
    const { variable, what } = portDefinitions[name];
    return [`Port ${ports[name]} (${what}) is taken by another program. End that one, or set ${variable} to another port.`];
  });
  return (await Promise.all(checks)).flat();
}

function unique(texts: string[]): string[] {
  return [...new Set(texts)];
}
