/** One variable that is missing or wrong. */
export interface ConfigProblem {
  variable: string;
  /** What is wrong, without the value. */
  problem: string;
  /** What to do about it. */
  fix: string;
}

/** The process can't start: everything that is wrong with its environment, at once. Holds no values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ variable, problem, fix }) => `  ${variable} ${problem}. ${fix}`);
    super(`The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${lines.join('\n')}`);
  }
}
