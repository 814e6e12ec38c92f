import { Instrumenter } from './instrumenter.js';
import type { Reading } from './reading.js';
import { rootScope } from './scope.js';

/** What reading a template gave. */
export interface Instrumented {
  /** The same tree, printing through the escaping helper, naming what has no value, and counting what it does. */
  readonly ast: hbs.AST.Program;
  /** All variables by their full names, e.g. `campaign.name`, `deliverables[].title`. */
  readonly variables: readonly string[];
  /** Names of the partials it includes. */
  readonly includes: readonly string[];
  /** What it may not contain, in words; empty when it is fine. */
  readonly problems: readonly string[];
}

/**
 * Checks a parsed template against what templates may do, collects its variables, and rewrites it (the tree is changed
 * in place) so that every value is escaped for its target, none can silently be missing, and all it does is counted.
 */
export function instrument(ast: hbs.AST.Program, reading: Reading): Instrumented {
  const instrumenter = new Instrumenter(reading);
  instrumenter.program(ast, rootScope);
  return {
    ast,
    variables: [...instrumenter.variables].sort(),
    includes: [...instrumenter.includes].sort(),
    problems: instrumenter.problems,
  };
}
