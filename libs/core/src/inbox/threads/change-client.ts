import type { Tx } from '../../db/tx.js';

/**
 * A draft that is somebody's subject already was given to another client: the inbox finds its threads by that one now, and by the one before
 * only for what else is theirs. Triggers see to the rest of the facets, but look at messages only.
 */
export async function changeClientOfThreads(tx: Tx, campaignId: string, from: string | null, to: string | null): Promise<void> {
  if (to !== null) {
    await tx.em.execute(
      `insert into thread_facet (workspace_id, thread_id, facet, last_message_at)
       select t.workspace_id, t.id, 'client:' || ?, coalesce(t.last_message_at, t.created_at)
         from thread t where t.id in (select thread_id from message where campaign_id = ?) order by t.id
       on conflict (thread_id, facet) do nothing`,
      [to, campaignId],
    );
  }
  if (from !== null) {
    await tx.em.execute(
      `delete from thread_facet f where f.facet = 'client:' || ? and f.thread_id in (select thread_id from message where campaign_id = ?)
          and not exists (select 1 from message m join campaign c on c.id = m.campaign_id where m.thread_id = f.thread_id and c.client_id = ?::uuid)`,
      [from, campaignId, from],
    );
  }
}
