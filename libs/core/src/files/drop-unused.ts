import type { EntityManager } from '@mikro-orm/postgresql';

/** Every place that keeps a file; a new one belongs here, or its files go when another place lets them go. */
const inUse = `
  exists (select 1 from agreement where document_blob_id = b.id or pdf_blob_id = b.id)
  or exists (select 1 from result where screenshot_blob_id = b.id)
  or exists (select 1 from story where image_blob_id = b.id)
  or exists (select 1 from message_attachment where blob_id = b.id)
  or exists (select 1 from campaign where workspace_id = b.workspace_id
               and details -> 'images' @> jsonb_build_array(jsonb_build_object('fileId', b.id::text)))`;

/** Deletes those of the files that nothing points to any more: the same bytes are one file, whoever brought them. */
export async function dropUnusedFiles(em: EntityManager, blobIds: readonly string[]): Promise<void> {
  const ids = [...new Set(blobIds)];
  if (ids.length === 0) return;
  const unused = await em.execute<{ id: string }[]>(`select b.id from blob b where b.id in (?) and not (${inUse}) for update`, [ids]);
  if (unused.length === 0) return;
  const gone = unused.map(({ id }) => id);
  await em.execute('delete from blob_chunk where blob_id in (?)', [gone]);
  await em.execute('delete from blob where id in (?)', [gone]);
}
