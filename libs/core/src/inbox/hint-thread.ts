import type { Tx } from '../db/tx.js';
import { hint } from '../live/hint.js';

/** A thread's row has changed: whoever looks at the inbox, and its creator, look again. @param messageId the entry that is new or other */
export async function hintThread(tx: Tx, threadId: string, messageId?: string): Promise<void> {
  const [thread] = await tx.em.execute<{ creatorId: string; version: number }[]>(
    'select creator_id as "creatorId", version from thread where id = ?',
    [threadId],
  );
  if (!thread) return;
  const { creatorId } = thread;
  await hint(tx, { entity: 'thread', id: threadId, ...thread });
  if (messageId !== undefined) await hint(tx, { entity: 'message', id: messageId, creatorId });
}

/** Something of a thread has changed that is the team's alone (whose it is, when it comes back): its creator hears nothing of it. */
export async function hintDesk(tx: Tx, threadId: string): Promise<void> {
  const [thread] = await tx.em.execute<{ version: number }[]>('select version from thread where id = ?', [threadId]);
  if (thread) await hint(tx, { entity: 'thread', id: threadId, ...thread });
}
