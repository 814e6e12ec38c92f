import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../db/tx.js';

/**
 * The thread of a creator, made when it is the first message. Two at once get the same. It is held, shared with all who write into it, so that
 * nobody moves messages between threads meanwhile.
 */
export async function ensureThread(tx: Tx, creatorId: string): Promise<string> {
  const found = await findThread(tx, creatorId, 'for key share');
  if (found !== undefined) return found;
  await insertThread(tx, creatorId);
  return made(await findThread(tx, creatorId, 'for key share'));
}

/** The same, but not held: for who holds several, in the order of their ids. */
export async function threadToHold(tx: Tx, creatorId: string): Promise<string> {
  const found = await findThread(tx, creatorId);
  if (found !== undefined) return found;
  await insertThread(tx, creatorId);
  return made(await findThread(tx, creatorId));
}

async function findThread(tx: Tx, creatorId: string, lock = ''): Promise<string | undefined> {
  const [row] = await tx.em.execute<{ id: string }[]>(`select id from thread where creator_id = ? ${lock}`, [creatorId]);
  return row?.id;
}

async function insertThread(tx: Tx, creatorId: string): Promise<void> {
  await tx.em.execute(
    `insert into thread (id, workspace_id, created_at, creator_id, unread, version)
     values (?, ?, ?, ?, 0, 0) on conflict (creator_id) do nothing`,
    [newId(), tx.workspaceId, tx.now, creatorId],
  );
}

function made(threadId: string | undefined): string {
  if (threadId === undefined) throw new Error('The thread just made is not there');
  return threadId;
}
