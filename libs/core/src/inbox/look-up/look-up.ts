import type { LookUpAnswer } from '@sevenfold/plugin-sdk';
import type { Database } from '../../db/database.js';
import type { Scope, Tx } from '../../db/tx.js';
import type { DueCall, DueHandlers } from '../../engine/sweeper/due-handlers.js';
import type { SystemDatabase } from '../../system/system-database.js';
import { lookOf, scheduleLook } from './look-up-later.js';
import { loadQuestion, type Open } from './question.js';
import { resolve } from './resolve.js';
import { whichIsIt } from './which-is-it.js';

/** One question may take this long, in ms. */
const patienceMs = 20_000;

/**
 * Asks providers what became of deliveries nobody knows the end of: what they have was sent, what an hour later they still
 * do not have was not. Nothing is ever sent by it.
 * @param system a list of the provider's may hold messages of every workspace that shares the sender
 */
export function lookUpDueHandlers(system: SystemDatabase): Pick<DueHandlers, 'delivery.look-up'> {
  return { 'delivery.look-up': { outside: (db, scope, call) => look(system, db, scope, call), inside: again } };
}

async function look(system: SystemDatabase, db: Database, scope: Scope, { refId }: DueCall): Promise<void> {
  const open = await db.inWorkspace(scope, (tx) => loadQuestion(tx, refId));
  if (!open) return; // evidence came, or a person resolved it
  const answer = await ask(db, open);
  const known = await whichIsIt(system, open, answer);
  await db.inWorkspace(scope, (tx) => resolve(tx, open, known));
}

async function ask(db: Database, { channel, question }: Open): Promise<LookUpAnswer> {
  const plugin = db.services.plugins.channel(channel);
  if (!plugin?.lookUp) return { outcome: 'unsure', reason: 'channel_closed' };
  return plugin.lookUp(question, { signal: AbortSignal.timeout(patienceMs) });
}

/** Looks again later, as long as nobody knows. */
async function again(tx: Tx, { refId }: DueCall): Promise<string> {
  const [row] = await tx.em.execute<{ id: string; status: string; attempts: number }[]>('select id, status, attempts from delivery where id = ?', [refId]);
  if (!row) return 'gone';
  if (row.status !== 'unknown') return row.status;
  return (await scheduleLook(tx, row, (await lookOf(tx, row)) + 1)) ? 'again' : 'unknown';
}
