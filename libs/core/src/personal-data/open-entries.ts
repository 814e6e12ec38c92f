import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../db/tx.js';

/**
 * Opens what the group entered for a campaign; called by the start, in its transaction. From then on the team may read
 * it, in this campaign and later.
 * @param creatorIds the group; entries of everybody else stay closed for ever
 * @returns how many of them had entered something
 */
export async function openEntriesOfGroup(tx: Tx, campaignId: string, creatorIds: readonly string[]): Promise<number> {
  if (creatorIds.length === 0) return 0;
  await tx.em.execute(
    'update campaign_entry set opened_at = ? where campaign_id = ? and opened_at is null and creator_id in (?)',
    [tx.now, campaignId, [...creatorIds]],
  );
  return copyOpened(tx, campaignId, creatorIds);
}

/** Copies opened entries, still sealed, to the addresses the team may see; a newer one replaces the older. */
export async function copyOpened(tx: Tx, campaignId: string, creatorIds: readonly string[]): Promise<number> {
  await tx.em.flush();
  const rows = JSON.stringify(creatorIds.map((creatorId) => ({ creator_id: creatorId, id: newId() })));
  const copied = await tx.em.execute<{ id: string }[]>(
    `insert into creator_address (id, workspace_id, created_at, creator_id, source, campaign_id, sealed, updated_at)
     select r.id, e.workspace_id, ?, e.creator_id, 'start', e.campaign_id, e.sealed, ?
       from json_to_recordset(?::json) as r(creator_id uuid, id uuid)
       join campaign_entry e on e.creator_id = r.creator_id and e.campaign_id = ? and e.opened_at is not null
     on conflict (creator_id, source, campaign_id) do update set sealed = excluded.sealed, updated_at = excluded.updated_at
     returning id`,
    [tx.now, tx.now, rows, campaignId],
  );
  return copied.length;
}
