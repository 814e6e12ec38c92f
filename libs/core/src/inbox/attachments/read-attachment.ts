import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../../db/tx.js';
import { blobsOf } from '../../files/blob-store.js';

/** A file with its bytes. */
export interface AttachmentContent {
  filename: string;
  contentType: string;
  size: number;
  sha256: string;
  bytes: Buffer;
}

/**
 * A file of any message, for members who may read the inbox; an upload that was not sent yet only for who made it.
 * @throws DomainError `not_found`, also while its bytes are not here
 */
export function readAttachment(tx: Tx, id: string): Promise<AttachmentContent> {
  const memberId = tx.actor.kind === 'member' ? tx.actor.memberId : null;
  return load(tx, id, '(a.message_id is not null or a.uploaded_by = ?)', [memberId]);
}

/**
 * A file of the creator's own thread, as far as the thread shows its message; never the raw source.
 * @throws DomainError `not_found` for everything else
 */
export function readOwnAttachment(tx: Tx, creatorId: string, id: string): Promise<AttachmentContent> {
  return load(
    tx, id,
    `a.role <> 'source' and exists (select 1 from message m where m.id = a.message_id and m.creator_id = ?
       and (m.direction = 'in' or m.status not in ('queued', 'claimed')))`,
    [creatorId],
  );
}

/** A file on its way to a creator, for who has its link; see public-link. @throws DomainError `not_found` */
export function readLinkedAttachment(tx: Tx, id: string): Promise<AttachmentContent> {
  return load(tx, id, `a.role <> 'source' and exists (select 1 from message m where m.id = a.message_id and m.direction = 'out')`, []);
}

async function load(tx: Tx, id: string, condition: string, params: unknown[]): Promise<AttachmentContent> {
  const [row] = await tx.em.execute<{ filename: string; contentType: string; blobId: string }[]>(
    `select a.filename, a.content_type as "contentType", a.blob_id as "blobId" from message_attachment a
      where a.id = ? and a.blob_id is not null and ${condition}`,
    [id, ...params],
  );
  const blob = row && (await blobsOf(tx).get(row.blobId));
  if (!blob) throw new DomainError('not_found', { entity: 'attachment' });
  return { filename: row.filename, contentType: row.contentType, size: blob.size, sha256: blob.sha256, bytes: blob.bytes };
}
