import type { PluginHost } from '../host.js';
import { type CheckedPackage, checkPackage } from './check-package.js';
import type { CreatedPlugin } from './created-plugin.js';
import { duplicateProblems } from './duplicate-problems.js';
import { PluginLoadError, type PluginProblem } from './plugin-load-error.js';
import { createRegistry, type PluginRegistry } from './registry.js';

/** What the loader needs. */
export interface LoadPluginsOptions {
  /** Package names, in the order channels are tried. */
  readonly packages: readonly string[];
  /** The variables plugins read their configuration from, usually `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly host: PluginHost;
  /** The directory packages are looked up from; the working directory by default. */
  readonly resolveFrom?: string;
}

type Ready = Extract<CheckedPackage, { manifest: unknown }>;

/**
 * Loads plugins by package name.
 *
 * @throws PluginLoadError naming every package and every reason at once: not installed, no manifest, another SDK,
 * wrong configuration, a channel or platform served twice. Then nothing stays open.
 */
export async function loadPlugins(options: LoadPluginsOptions): Promise<PluginRegistry> {
  const { packages, env, host, resolveFrom = process.cwd() } = options;
  const checked = await Promise.all([...new Set(packages)].map((name) => checkPackage(name, env, resolveFrom)));
  const problems = checked.flatMap(problemsOf);
  if (problems.length > 0) throw new PluginLoadError(problems);

  const ready = checked.filter((entry): entry is Ready => 'manifest' in entry);
  const created = await Promise.all(ready.map((entry) => create(entry, host)));
  const plugins = created.flatMap((entry) => ('plugin' in entry ? [entry] : []));
  const failures = [...created.flatMap((entry) => ('reason' in entry ? [entry] : [])), ...duplicateProblems(plugins)];
  if (failures.length > 0) {
    await Promise.allSettled(plugins.map((entry) => entry.plugin.close()));
    throw new PluginLoadError(failures);
  }
  return createRegistry(
    plugins.flatMap((entry) => (entry.kind === 'channel' ? [entry.plugin] : [])),
    plugins.flatMap((entry) => (entry.kind === 'social' ? [entry.plugin] : [])),
  );
}

const problemsOf = (entry: CheckedPackage): PluginProblem[] =>
  'reasons' in entry ? entry.reasons.map((reason) => ({ package: entry.package, reason })) : [];

async function create(entry: Ready, host: PluginHost): Promise<CreatedPlugin | PluginProblem> {
  const { manifest, config } = entry;
  try {
    return manifest.kind === 'channel'
      ? { package: entry.package, kind: 'channel', plugin: await manifest.create(config, host) }
      : { package: entry.package, kind: 'social', plugin: await manifest.create(config, host) };
  } catch (error) {
    return { package: entry.package, reason: `could not be created (${error instanceof Error ? error.name : 'unknown error'})` };
  }
}
