import type { CreatedPlugin } from './created-plugin.js';
import type { PluginProblem } from './plugin-load-error.js';

/** Two plugins for one channel or platform: which one would send is nobody's guess, so both are named. */
export function duplicateProblems(plugins: readonly CreatedPlugin[]): PluginProblem[] {
  const owners = new Map<string, string>();
  const problems: PluginProblem[] = [];
  for (const entry of plugins) {
    const served = entry.kind === 'channel' ? `channel "${entry.plugin.channel}"` : `platform "${entry.plugin.platform}"`;
    const owner = owners.get(served);
    if (owner === undefined) owners.set(served, entry.package);
    else problems.push({ package: entry.package, reason: `${served} is already served by ${owner}` });
  }
  return problems;
}
