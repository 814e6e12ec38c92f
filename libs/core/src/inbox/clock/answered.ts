import type { Tx } from '../../db/tx.js';
import { cameInSince } from '../threads/came-in-since.js';
import { startReplyClock } from './start-clock.js';
import { stopReplyClock } from './stop-clock.js';

/** A person of the team has answered, or said that there is nothing to answer: nobody waits any more, but for what came in after that. */
export async function answered(tx: Tx, threadId: string): Promise<void> {
  await stopReplyClock(tx, threadId);
  const { first } = await cameInSince(tx, threadId);
  if (first === null) return;
  await tx.em.execute('update thread set waiting_since = ? where id = ?', [first, threadId]);
  await startReplyClock(tx, threadId, first);
}
