import type { Tx } from '../../db/tx.js';
import { selectCreators, type Selection } from './selection.js';

/** Recipients in a chunk; as many as one batch sends. */
export const chunkSize = 500;

/** Writes down who gets a broadcast, once and for all. @returns how many */
export async function freezeRecipients(tx: Tx, broadcastId: string, selection: Selection): Promise<number> {
  const chosen = selectCreators(selection, tx.now);
  const rows = await tx.em.execute<{ size: number }[]>(
    `insert into broadcast_chunk (id, workspace_id, created_at, broadcast_id, position, creator_ids, size)
     select gen_random_uuid(), ?, ?, ?, n, jsonb_agg(id order by id), count(*)
       from (select id, (row_number() over (order by id) - 1) / ${chunkSize} as n from (${chosen.sql}) chosen) numbered
      group by n returning size`,
    [tx.workspaceId, tx.now, broadcastId, ...chosen.params],
  );
  return rows.reduce((sum, { size }) => sum + size, 0);
}
