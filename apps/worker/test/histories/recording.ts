import type { Branch } from '../../../../libs/workflows/test/branches.js';
import type { Cast } from '../campaign-factory.js';
import type { Scenario, ScenarioOptions } from '../harness.js';

/** One scenario that takes workflows through some of their branches. */
export interface Recording {
  options?: ScenarioOptions;
  /** Plays it. @returns the workflows that went each way, by id */
  play(scenario: Scenario, cast: Cast): Promise<Partial<Record<Branch, string>>>;
}

export const minute = 60_000;
export const hour = 60 * minute;

/** `ms` after now, by the scenario's clock. */
export async function later(scenario: Scenario, ms: number): Promise<Date> {
  return new Date((await scenario.now()).getTime() + ms);
}
