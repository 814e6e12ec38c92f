import { DomainError } from '@sevenfold/domain/errors';
import type { Blob, BlobContent, BlobInput } from '@sevenfold/platform/blobs';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { visibleCampaigns, isClientReviewer } from '../team/visibility.js';
import { blobsOf } from './blob-store.js';

/** Keeps an uploaded file; the same bytes under the same type are one file. @throws DomainError `payload_too_large` */
export async function keepFile(tx: Tx, input: BlobInput): Promise<Blob> {
  const blob = await blobsOf(tx).put(input);
  audit(tx, { action: 'file.kept', entity: 'file', entityId: blob.id, data: { size: blob.size, contentType: blob.contentType } });
  return blob;
}

/**
 * A file with its bytes.
 * @throws DomainError `not_found`, also for a client reviewer when it belongs to no campaign of their client
 */
export async function readFile(tx: Tx, fileId: string): Promise<BlobContent> {
  const file = (await maySee(tx, fileId)) ? await blobsOf(tx).get(fileId) : null;
  if (!file) throw new DomainError('not_found', { entity: 'file' });
  return file;
}

async function maySee(tx: Tx, fileId: string): Promise<boolean> {
  if (!isClientReviewer(tx.actor)) return true;
  const visible = visibleCampaigns(tx, 'c');
  const [row] = await tx.em.execute<{ found: number }[]>(
    `select 1 as found from campaign c where ${visible.sql} and (
       c.details -> 'images' @> jsonb_build_array(jsonb_build_object('fileId', ?::text))
       or exists (select 1 from result r join collaboration k on k.id = r.collaboration_id
                   where k.campaign_id = c.id and r.screenshot_blob_id = ?::uuid)) limit 1`,
    [...visible.params, fileId, fileId],
  );
  return row !== undefined;
}
