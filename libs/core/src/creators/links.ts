import { DomainError } from '@sevenfold/domain/errors';
import { newToken, parseToken, secretMatches } from '@sevenfold/platform/crypto';
import { audit } from '../audit/audit.js';
import { Prepared } from '../db/prepared.js';
import type { Tx } from '../db/tx.js';
import type { SystemDatabase } from '../system/system-database.js';
import { CreatorLink } from './creator-link.entity.js';
import type { LinkPurpose } from './link-purposes.js';

/** Seen by people and secret scanners: a personal link, not an API token. */
export const linkPrefix = 'sfl';

export interface MintLinkInput {
  creatorId: string;
  purpose: LinkPurpose;
  /** The invite or agreement the link is for. */
  refId?: string | null;
  /** Null: until it is revoked. */
  expiresAt?: Date | null;
}

/**
 * Makes a personal link. Its secret is in `token` and `url` alone, which exist this once; the row keeps a hash.
 * @throws DomainError `not_found` when there is no such creator
 */
export async function mintLink(tx: Tx, input: MintLinkInput): Promise<{ linkId: string; token: string; url: string }> {
  await tx.em.flush();
  const [creator] = await tx.em.execute<{ id: string }[]>('select id from creator where id = ? and erased_at is null', [input.creatorId]);
  if (!creator) throw new DomainError('not_found', { entity: 'creator' });
  const { id, token, secretHash } = newToken(linkPrefix);
  tx.em.persist(tx.em.create(CreatorLink, {
    id, workspaceId: tx.workspaceId, createdAt: tx.now, creatorId: input.creatorId, purpose: input.purpose,
    refId: input.refId ?? null, secretHash, expiresAt: input.expiresAt ?? null,
  }));
  audit(tx, { action: 'link.minted', entity: 'creator', entityId: input.creatorId, data: { linkId: id, purpose: input.purpose } });
  return { linkId: id, token, url: linkUrl(tx.services.publicUrl, input.purpose, token) };
}

/** The pages of personal links. One letter, because every character of an SMS counts. */
const pages: Record<LinkPurpose, string> = { creator: 'c', invite: 'i', agreement: 'a' };

/** Where a personal link leads: `/a/{token}` for an agreement, `/i/…` an invite, `/c/…` everything of the creator. */
export function linkUrl(publicUrl: string, purpose: LinkPurpose, token: string): string {
  return `${publicUrl}/${pages[purpose]}/${token}`;
}

/** Ends every link a creator has for one thing (an agreement withdrawn, an invite taken back). */
export async function revokeLinks(tx: Tx, refId: string): Promise<void> {
  await tx.em.execute('update creator_link set revoked_at = ? where ref_id = ? and revoked_at is null', [tx.now, refId]);
}

/** Ends one link of a creator at once; ending one twice is fine. @throws DomainError `not_found` */
export async function revokeLink(tx: Tx, creatorId: string, linkId: string): Promise<void> {
  const [row] = await tx.em.execute<{ id: string }[]>(
    'update creator_link set revoked_at = coalesce(revoked_at, ?) where id = ? and creator_id = ? returning id',
    [tx.now, linkId, creatorId],
  );
  if (!row) throw new DomainError('not_found', { entity: 'link' });
  audit(tx, { action: 'link.revoked', entity: 'creator', entityId: creatorId, data: { linkId } });
}

/** Whose link it is, and what for. */
export interface ResolvedLink {
  linkId: string;
  workspaceId: string;
  creatorId: string;
  purpose: LinkPurpose;
  refId: string | null;
}

interface Row {
  workspace_id: string;
  creator_id: string;
  purpose: LinkPurpose;
  ref_id: string | null;
  secret_hash: string;
}

const linkById = new Prepared(
  `select workspace_id, creator_id, purpose, ref_id, secret_hash from creator_link
    where id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`,
);

/** Whose personal link this is; null for anything but one that holds now. */
export async function resolveLink(system: SystemDatabase, token: string): Promise<ResolvedLink | null> {
  const read = parseToken(token, linkPrefix);
  if (!read) return null;
  const [row] = await system.inOneStatement<Row>(linkById, [read.id, await system.now()]);
  if (!row || !secretMatches(read.secret, row.secret_hash)) return null;
  return { linkId: read.id, workspaceId: row.workspace_id, creatorId: row.creator_id, purpose: row.purpose, refId: row.ref_id };
}
