import type { Database } from '../db/database.js';
import type { Scope } from '../db/tx.js';
import type { DueCall, DueStep } from '../engine/sweeper/due-handlers.js';
import { resultsRemind, resultsRequest } from './ask-results.js';
import { pullable, pullFigures } from './pull-figures.js';

/** Platforms tell what they can first, so that the creator is asked only for the rest. */
async function pullAll(db: Database, scope: Scope, call: DueCall): Promise<void> {
  const ids = await db.inWorkspace(scope, (tx) => pullable(tx, call.refId));
  for (const id of ids) await pullFigures(db, scope, id);
}

/** The small waits of results. */
export const resultsDueHandlers: Record<'results.request' | 'results.remind', DueStep> = {
  'results.request': { outside: pullAll, inside: resultsRequest },
  'results.remind': { outside: pullAll, inside: resultsRemind },
};
