import { ConfigError, type ConfigProblem } from './config-error.js';
import type { ValueOf, Variable } from './variable.js';

export type Environment = Readonly<Record<string, string | undefined>>;
export type Shape = Record<string, Variable>;
export type Loaded<S extends Shape> = { readonly [Key in keyof S]: ValueOf<S[Key]> };

/**
 * Reads each variable of `shape` from `env`; an empty one counts as not set.
 * @throws ConfigError listing every variable that is missing or wrong
 */
export function load<S extends Shape>(shape: S, env: Environment): Loaded<S> {
  const problems: ConfigProblem[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, variable] of Object.entries(shape)) {
    const raw = env[variable.name]?.trim() || variable.fallback;
    if (raw === undefined) {
      if (!variable.optional) problems.push({ variable: variable.name, problem: 'is not set', fix: variable.fix });
      continue;
    }
    const read = variable.schema.safeParse(raw);
    if (read.success) values[key] = read.data;
    else problems.push({ variable: variable.name, problem: read.error.issues[0]?.message ?? 'is wrong', fix: variable.fix });
  }
  if (problems.length > 0) throw new ConfigError(problems);
  // Every key of the shape was read above, or an error thrown.
  return Object.freeze(values) as Loaded<S>;
}
