import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../db/tx.js';

/** The thread of a creator, made when it is the first message. Two at once get the same. */
export async function ensureThread(tx: Tx, creatorId: string): Promise<string> {
  const found = await findThread(tx, creatorId);
  if (found !== undefined) return found;
  await tx.em.execute(
    `insert into thread (id, workspace_id, created_at, creator_id, unread, version)
     values (?, ?, ?, ?, 0, 0) on conflict (creator_id) do nothing`,
    [newId(), tx.workspaceId, tx.now, creatorId],
  );
  const made = await findThread(tx, creatorId);
  if (made === undefined) throw new Error('The thread just made is not there');
  return made;
}

async function findThread(tx: Tx, creatorId: string): Promise<string | undefined> {
  const [row] = await tx.em.execute<{ id: string }[]>('select id from thread where creator_id = ?', [creatorId]);
  return row?.id;
}
