import type { Tx } from '../../db/tx.js';
import { dropUnusedFiles } from '../../files/drop-unused.js';

/**
 * Takes a creator out of campaigns as far as nothing was signed. What was signed stays as it was frozen, without the marks of
 * the device; figures of posts stay, without the posts.
 */
export async function emptyCampaigns(tx: Tx, creatorId: string): Promise<void> {
  const run = (sql: string, params: unknown[] = [creatorId]) => tx.em.execute(sql, params);
  const blobs = await tx.em.execute<{ id: string }[]>(
    `select b.id from agreement g cross join lateral (values (g.document_blob_id), (g.pdf_blob_id)) b(id)
      where g.creator_id = ? and g.signed_at is null and b.id is not null
     union select r.screenshot_blob_id from result r join collaboration k on k.id = r.collaboration_id
      where k.creator_id = ? and r.screenshot_blob_id is not null`,
    [creatorId, creatorId],
  );
  for (const table of ['campaign_entry', 'creator_address', 'invite', 'customer_success_request']) await run(`delete from ${table} where creator_id = ?`);
  await run('delete from replacement where agreement_id in (select id from agreement where creator_id = ? and signed_at is null)');
  await run('delete from agreement where creator_id = ? and signed_at is null');
  await run(`update agreement set signed_name_sealed = null, signed_ip = null, signed_user_agent = null, ended_reason = null where creator_id = ?`);
  const unsigned = 'select a.id from application a where a.creator_id = ? and not exists (select 1 from agreement g where g.application_id = a.id)';
  await run(`update replacement set chosen_application_id = null where chosen_application_id in (${unsigned})`);
  await run(`delete from application where id in (${unsigned})`);
  await run(`update application set motivation = null, answers = '{}', profile_ids = '[]', by_hand_reason = null where creator_id = ?`);
  const collaborations = 'select id from collaboration where creator_id = ?';
  await run(`delete from parcel where collaboration_id in (${collaborations})`);
  await run(`update result set post_url = 'erased:' || id, screenshot_blob_id = null where collaboration_id in (${collaborations})`);
  await dropUnusedFiles(tx.em, blobs.map(({ id }) => id));
}
