/** One thing wrong with one package. */
export interface PluginProblem {
  readonly package: string;
  readonly reason: string;
}

/** Everything wrong with the configured plugins, at once; start-up prints it and ends. */
export class PluginLoadError extends Error {
  constructor(readonly problems: readonly PluginProblem[]) {
    super(`Plugins could not be loaded:\n${problems.map((p) => `- ${p.package}: ${p.reason}`).join('\n')}`);
    this.name = 'PluginLoadError';
  }
}
