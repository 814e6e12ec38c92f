import { PATIENCE_MS, type Stage } from './stage.js';
import { Failed, within } from './verdict.js';

/** The plugin's health; a throw fails the check. */
export async function healthOf(stage: Stage) {
  try {
    return await within(stage.timeoutMs + PATIENCE_MS, (async () => stage.plugin.health())(), 'health');
  } catch (error) {
    throw error instanceof Failed ? error : new Failed(`health threw ${error instanceof Error ? error.name : 'something'}`);
  }
}
