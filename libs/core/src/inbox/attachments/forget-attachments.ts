import type { EntityManager } from '@mikro-orm/postgresql';
import type { Tx } from '../../db/tx.js';
import { dropUnusedFiles } from '../../files/drop-unused.js';

/** Removes every file of a creator's conversation and what they uploaded for it: part of erasing them. */
export async function forgetAttachments(tx: Tx, creatorId: string): Promise<void> {
  const gone = await tx.em.execute<{ blobId: string | null }[]>(
    `delete from message_attachment where uploaded_by = ? or message_id in (select id from message where creator_id = ?) returning blob_id as "blobId"`,
    [creatorId, creatorId],
  );
  await tx.em.execute('update message set attachments = 0 where creator_id = ? and attachments > 0', [creatorId]);
  await dropUnusedFiles(tx.em, gone.flatMap(({ blobId }) => blobId ?? []));
}

const day = 24 * 3_600_000;

/** How long an upload waits to be sent, in ms. */
const unsentMs = 7 * day;

/** Removes uploads nobody has sent, of all workspaces; for the clean-up. @returns how many */
export async function removeUnsent(em: EntityManager, now: Date, limit: number): Promise<number> {
  const gone = await em.execute<{ blobId: string | null }[]>(
    `delete from message_attachment where id in
       (select id from message_attachment where message_id is null and created_at < ? limit ? for update skip locked) returning blob_id as "blobId"`,
    [new Date(now.getTime() - unsentMs), limit],
  );
  await dropUnusedFiles(em, gone.flatMap(({ blobId }) => blobId ?? []));
  return gone.length;
}
