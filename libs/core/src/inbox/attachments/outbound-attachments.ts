import type { OutboundAttachment } from '@sevenfold/plugin-sdk';
import type { Tx } from '../../db/tx.js';
import { blobsOf } from '../../files/blob-store.js';
import { attachmentUrl } from './public-link.js';

/** What goes out with messages: bytes for channels that carry them, a link for those whose provider fetches. */
export async function outboundAttachments(tx: Tx, messageIds: readonly string[]): Promise<Map<string, OutboundAttachment[]>> {
  const found = new Map<string, OutboundAttachment[]>();
  if (messageIds.length === 0) return found;
  const rows = await tx.em.execute<{ id: string; messageId: string; filename: string; contentType: string; blobId: string }[]>(
    `select id, message_id as "messageId", filename, content_type as "contentType", blob_id as "blobId"
       from message_attachment where message_id in (?) and role <> 'source' and blob_id is not null order by message_id, position, id`,
    [messageIds],
  );
  for (const { id, messageId, filename, contentType, blobId } of rows) {
    const blob = await blobsOf(tx).get(blobId);
    if (!blob) continue;
    const file = { filename, contentType, content: blob.bytes, url: attachmentUrl(tx.services, id, tx.now) };
    found.set(messageId, [...(found.get(messageId) ?? []), file]);
  }
  return found;
}
