import type { EntityManager } from '@mikro-orm/postgresql';
import { cleanText } from '../../db/clean-text.js';
import type { AttachmentRole } from './message-attachment.entity.js';

/** A file of an inbound item: an attachment, a picture inside its text, or the whole item as it came. */
export interface Part {
  role: AttachmentRole;
  filename?: string | null | undefined;
  /** As the sender says; what it is kept under is decided by its bytes. */
  contentType: string;
  /** Without the angle brackets of mail. */
  contentId?: string | null | undefined;
  content: Uint8Array;
}

/**
 * Keeps the files of an inbound item until its owner is known. Call it in the system transaction that stores the item,
 * so that nothing is answered before they are safe; a repeat keeps the first ones.
 * @param em of a transaction as `system`: the table is outside tenancy
 */
export async function storeParts(em: EntityManager, now: Date, itemId: string, parts: readonly Part[]): Promise<void> {
  for (const [seq, part] of parts.entries()) {
    await em.execute(
      `insert into inbound_part (item_id, seq, created_at, role, filename, content_type, content_id, bytes)
       values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (item_id, seq) do nothing`,
      [itemId, seq, now, part.role, clean(part.filename), cleanText(part.contentType), clean(part.contentId), Buffer.from(part.content)],
    );
  }
}

/** The files of an inbound item in their order, with their bytes. For `attachParts` in the workspace it belongs to. */
export function partsOf(em: EntityManager, itemId: string): Promise<Part[]> {
  return em.execute<Part[]>(
    `select role, filename, content_type as "contentType", content_id as "contentId", bytes as content
       from inbound_part where item_id = ? order by seq`,
    [itemId],
  );
}

/** Forgets them, once they are attached to their message; call it where the item is marked as routed. */
export async function dropParts(em: EntityManager, itemId: string): Promise<void> {
  await em.execute('delete from inbound_part where item_id = ?', [itemId]);
}

const clean = (text: string | null | undefined): string | null => (text == null ? null : cleanText(text));
