import { newToken } from '@sevenfold/platform/crypto';
import type { Tx } from '../db/tx.js';
import type { LinkPurpose } from './link-purposes.js';
import { linkPrefix, linkUrl } from './links.js';

export interface LinkWish {
  creatorId: string;
  /** The agreement or invite it is for. */
  refId?: string | null;
}

/**
 * Personal links for many creators at once, for messages that go to all of them.
 * @returns the address of each creator's link; it exists this once
 */
export async function mintLinks(tx: Tx, purpose: LinkPurpose, wishes: readonly LinkWish[]): Promise<Map<string, string>> {
  await tx.em.flush();
  const made = wishes.map(({ creatorId, refId }) => ({ creatorId, refId: refId ?? null, ...newToken(linkPrefix) }));
  const rows = made.map(({ id, creatorId, refId, secretHash }) => ({ id, creator_id: creatorId, ref_id: refId, secret_hash: secretHash }));
  await tx.em.execute(
    `insert into creator_link (id, workspace_id, created_at, creator_id, purpose, ref_id, secret_hash)
     select r.id, ?, ?, r.creator_id, ?, r.ref_id, r.secret_hash
       from json_to_recordset(?::json) as r(id uuid, creator_id uuid, ref_id uuid, secret_hash text)`,
    [tx.workspaceId, tx.now, purpose, JSON.stringify(rows)],
  );
  return new Map(made.map(({ creatorId, token }) => [creatorId, linkUrl(tx.services.publicUrl, purpose, token)]));
}
