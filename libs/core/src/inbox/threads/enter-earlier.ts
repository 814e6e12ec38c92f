import { rawInstantOrNull } from '../../db/raw-instant.js';
import type { Tx } from '../../db/tx.js';
import { startReplyClock } from '../clock/start-clock.js';
import { recountThread } from './recount-thread.js';

/**
 * A message that was entered just now came in earlier: it takes its place among the others, and has been waiting since.
 * @param at when it came in
 */
export async function enterEarlier(tx: Tx, messageId: string, at: Date): Promise<void> {
  const [message] = await tx.em.execute<{ threadId: string; automatic: boolean }[]>(
    'update message set created_at = ? where id = ? and created_at > ? returning thread_id as "threadId", automatic',
    [at, messageId, at],
  );
  if (!message) return;
  await recountThread(tx, message.threadId, 0);
  const [thread] = await tx.em.execute<{ since: string | null }[]>('select waiting_since as since from thread where id = ?', [message.threadId]);
  const since = rawInstantOrNull(thread?.since ?? null);
  if (message.automatic || since === null || since <= at) return;
  await tx.em.execute('update thread set waiting_since = ? where id = ?', [at, message.threadId]);
  await startReplyClock(tx, message.threadId, at);
}
