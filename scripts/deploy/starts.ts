import { join } from 'node:path';
import { systemClock } from '@sevenfold/platform/clock';
import { loadApiConfig, loadSetupConfig, loadSlackbotConfig, loadWorkerConfig } from '@sevenfold/platform/config';
import { loadPlugins } from '@sevenfold/plugin-sdk';

export type ProcessName = 'api' | 'worker' | 'slackbot' | 'migrate';

/** Reads the configuration as the process itself will, plugins included. Throws naming everything that is missing or wrong. */
export async function readAs(process: ProcessName, env: Record<string, string>, root: string): Promise<void> {
  if (process === 'migrate') return void loadSetupConfig(env);
  if (process === 'slackbot') return void loadSlackbotConfig(env);
  const { plugins, publicUrl } = process === 'api' ? loadApiConfig(env) : loadWorkerConfig(env);
  const silent = (): void => undefined;
  const logger = { debug: silent, info: silent, warn: silent, error: silent };
  const registry = await loadPlugins({ packages: plugins, env, host: { logger, clock: systemClock, publicUrl }, resolveFrom: join(root, 'apps', process) });
  await registry.close();
}
