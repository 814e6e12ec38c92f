import { fileURLToPath } from 'node:url';
import { loadPlugins, type PluginHost, type PluginRegistry } from '@sevenfold/plugin-sdk';

/**
 * The one place in this process that knows how plugins are loaded: by package name, looked up from here.
 * @throws PluginLoadError naming every package and every reason
 */
export function loadApiPlugins(packages: readonly string[], env: NodeJS.ProcessEnv, host: PluginHost): Promise<PluginRegistry> {
  return loadPlugins({ packages, env, host, resolveFrom: fileURLToPath(new URL('.', import.meta.url)) });
}
