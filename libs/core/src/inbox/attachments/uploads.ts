import { contentTypeOf, maxAttachmentBytes, maxAttachments, safeFilename } from '@sevenfold/domain/attachments';
import { DomainError } from '@sevenfold/domain/errors';
import type { BlobInput } from '@sevenfold/platform/blobs';
import { newId } from '@sevenfold/platform/ids';
import { audit } from '../../audit/audit.js';
import type { Tx } from '../../db/tx.js';
import { blobsOf } from '../../files/blob-store.js';
import { nameInPreview } from './attach-parts.js';
import type { AttachmentView } from './attachment-view.js';

/** Nobody writes that many messages at once; whoever has a link should not fill the disk. */
const mostUnsent = 100;

/**
 * Keeps a file for a message that is still being written. Whoever uploaded it sends it with that message, once; what
 * was never sent is removed after a week.
 * @throws DomainError `payload_too_large` above 25 MiB, `invalid_fields` while a hundred others wait to be sent
 */
export async function keepUpload(tx: Tx, { bytes, contentType: said, filename }: BlobInput & { filename?: string | undefined }): Promise<AttachmentView> {
  await tx.em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`uploads:${actorId(tx)}`]);
  const [unsent] = await tx.em.execute<{ count: number }[]>('select count(*)::int as count from message_attachment where uploaded_by = ? and message_id is null', [actorId(tx)]);
  if ((unsent?.count ?? 0) >= mostUnsent) {
    throw new DomainError('invalid_fields', { fields: [{ path: 'file', message: `${mostUnsent} of your uploads were not sent yet; send some first` }] });
  }
  const contentType = contentTypeOf(said, bytes);
  const blob = await blobsOf(tx).put({ bytes, contentType });
  const view: AttachmentView = {
    id: newId(), role: 'attachment', status: 'kept', filename: safeFilename(filename, contentType), contentType, size: blob.size, contentId: null, reason: null,
  };
  await tx.em.execute(
    `insert into message_attachment (id, workspace_id, created_at, filename, content_type, size, sha256, blob_id, uploaded_by)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [view.id, tx.workspaceId, tx.now, view.filename, contentType, blob.size, blob.sha256, blob.id, actorId(tx)],
  );
  audit(tx, { action: 'attachment.uploaded', entity: 'attachment', entityId: view.id, data: { size: blob.size, contentType } });
  return view;
}

/**
 * Gives uploads to the message they were made for, in the order of `ids`, in that message's transaction. A repeat of
 * the same message changes nothing.
 * @throws DomainError `invalid_fields` for one that is not there, is somebody else's or went with another message; for too many, or too much
 */
export async function sendAlong(tx: Tx, messageId: string, ids: readonly string[], path = 'attachmentIds'): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return;
  const refuse = (message: string) => new DomainError('invalid_fields', { fields: [{ path, message }] });
  if (wanted.length > maxAttachments) throw refuse(`At most ${maxAttachments} files go with one message`);
  const rows = await tx.em.execute<{ id: string; messageId: string | null; size: number }[]>(
    `select id, message_id as "messageId", size from message_attachment where id in (?) and uploaded_by = ? order by id for update`,
    [wanted, actorId(tx)],
  );
  const missing = wanted.filter((id) => !rows.some((row) => row.id === id && (row.messageId === null || row.messageId === messageId)));
  if (missing.length > 0) throw refuse(`There is no such upload of yours, or it went with another message: ${missing.join(', ')}`);
  if (rows.reduce((sum, { size }) => sum + size, 0) > maxAttachmentBytes) throw refuse(`All files of a message may weigh ${maxAttachmentBytes} bytes together`);
  await tx.em.execute(
    `update message_attachment a set message_id = ?, position = r.position
       from json_to_recordset(?::json) as r(id uuid, position int) where a.id = r.id and a.message_id is null`,
    [messageId, JSON.stringify(wanted.map((id, position) => ({ id, position })))],
  );
  await tx.em.execute('update message set attachments = ? where id = ?', [wanted.length, messageId]);
  await nameInPreview(tx, messageId);
}

/** @throws DomainError `forbidden`: the product itself uploads nothing */
function actorId({ actor }: Tx): string {
  if (actor.kind === 'member') return actor.memberId;
  if (actor.kind === 'creator') return actor.creatorId;
  throw new DomainError('forbidden');
}
