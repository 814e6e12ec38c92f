import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../../db/tx.js';

/** Destroys a creator's data key: what it sealed opens nowhere any more, in backups neither. No new one is ever made. */
export async function destroyKey(tx: Tx, creatorId: string): Promise<void> {
  await tx.em.execute(
    `insert into data_key (id, workspace_id, created_at, creator_id, wrapped, destroyed_at) values (?, ?, ?, ?, null, ?)
     on conflict (workspace_id, creator_id) do update set wrapped = null, destroyed_at = excluded.destroyed_at`,
    [newId(), tx.workspaceId, tx.now, creatorId, tx.now],
  );
}
