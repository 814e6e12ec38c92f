import type { Request } from 'express';
import { resolveLink, type LinkPurpose } from '@sevenfold/core/creators';
import type { Scope } from '@sevenfold/core/db';
import type { SystemDatabase } from '@sevenfold/core/system';
import { DomainError } from '@sevenfold/domain/errors';

/** Whoever opened a personal link, and what it is for. */
export interface Visitor {
  scope: Scope;
  creatorId: string;
  refId: string | null;
  linkId: string;
}

/** @throws DomainError `not_found` for anything but a link of this purpose that holds now */
export async function visitorOf(system: SystemDatabase, request: Request, token: string, purpose: LinkPurpose): Promise<Visitor> {
  const link = await resolveLink(system, token);
  if (!link || link.purpose !== purpose) throw new DomainError('not_found');
  const { workspaceId, creatorId, refId, linkId } = link;
  return { scope: { workspaceId, actor: { kind: 'creator', creatorId, via: 'link' }, requestId: request.id }, creatorId, refId, linkId };
}
