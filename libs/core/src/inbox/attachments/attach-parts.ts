import { contentTypeOf, safeFilename } from '@sevenfold/domain/attachments';
import { maxBlobBytes } from '@sevenfold/platform/blobs';
import { newId } from '@sevenfold/platform/ids';
import { scheduleDue } from '../../engine/due.js';
import { blobsOf } from '../../files/blob-store.js';
import type { Tx } from '../../db/tx.js';
import type { AttachmentRole } from './message-attachment.entity.js';
import type { Part } from './parts.js';

/** A file that its channel's provider keeps: fetched by and by, through the plugin. */
export interface PartToFetch {
  /** What the plugin needs to fetch it: a URL of the provider. */
  url: string;
  contentType: string;
  filename?: string | undefined;
}

/** More than this of one message is noise, or meant to hurt. The raw source is always among the kept. */
const mostParts = 100;

/**
 * Attaches the files of an inbound item to the message it became, in that message's transaction; call it once per
 * message. A file that is too large is listed as failed, and takes no other with it.
 */
export async function attachParts(tx: Tx, messageId: string, parts: readonly Part[]): Promise<void> {
  const kept = [...parts.filter(({ role }) => role === 'source'), ...parts.filter(({ role }) => role !== 'source')].slice(0, mostParts);
  for (const part of kept) {
    const contentType = part.role === 'source' ? part.contentType : contentTypeOf(part.contentType, part.content);
    const row = { role: part.role, filename: nameOf(part, contentType), contentType, contentId: part.contentId ?? null };
    if (part.content.byteLength > maxBlobBytes) {
      await insert(tx, messageId, { ...row, size: part.content.byteLength, status: 'failed', reason: 'too_large' });
      continue;
    }
    const { id, sha256, size } = await blobsOf(tx).put({ bytes: part.content, contentType });
    await insert(tx, messageId, { ...row, status: 'kept', blobId: id, sha256, size });
  }
  await nameInPreview(tx, messageId);
}

/** Announces files that are still with the provider, and has each fetched. The message is shown at once, they follow. */
export async function attachLater(tx: Tx, messageId: string, files: readonly PartToFetch[]): Promise<void> {
  for (const { url, contentType, filename } of files.slice(0, mostParts)) {
    const said = contentTypeOf(contentType, new Uint8Array());
    const name = safeFilename(filename, contentType.split(';', 1)[0]?.trim().toLowerCase() ?? said);
    const id = await insert(tx, messageId, { role: 'attachment', filename: name, contentType: said, status: 'waiting', source: url });
    await scheduleDue(tx, { kind: 'attachment.fetch', refId: id, dedupeKey: `attachment.fetch:${id}`, dueAt: tx.now });
  }
  await nameInPreview(tx, messageId);
}

const nameOf = (part: Part, contentType: string): string =>
  part.role === 'source' && part.filename == null ? 'source.eml' : safeFilename(part.filename, contentType);

interface NewRow {
  role: AttachmentRole;
  filename: string;
  contentType: string;
  status: 'waiting' | 'kept' | 'failed';
  contentId?: string | null;
  size?: number;
  sha256?: string;
  blobId?: string;
  source?: string;
  reason?: string;
}

async function insert(tx: Tx, messageId: string, row: NewRow): Promise<string> {
  const id = newId();
  await tx.em.execute(
    `insert into message_attachment (id, workspace_id, created_at, message_id, position, role, status, filename, content_type, size, sha256, blob_id, content_id, source, reason)
     values (?, ?, ?, ?, (select count(*) from message_attachment where message_id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      id, tx.workspaceId, tx.now, messageId, messageId, row.role, row.status, row.filename, row.contentType, row.size ?? null, row.sha256 ?? null,
      row.blobId ?? null, row.contentId ?? null, row.source ?? null, row.reason ?? null,
    ],
  );
  await tx.em.execute('update message set attachments = attachments + 1 where id = ?', [messageId]);
  return id;
}

/** A message of files alone has no words for its line in the inbox; their names are what there is to say. */
export async function nameInPreview(tx: Tx, messageId: string): Promise<void> {
  await tx.em.execute(
    `update thread t set last_preview = left(a.names, 140)
       from message m, lateral (select string_agg(filename, ', ' order by position) as names from message_attachment
                                 where message_id = m.id and role = 'attachment') a
      where m.id = ? and t.id = m.thread_id and t.last_preview = '' and a.names is not null`,
    [messageId],
  );
}
