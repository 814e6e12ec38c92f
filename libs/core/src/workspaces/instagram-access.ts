import { openJson, sealJson } from '../personal-data/vault.js';
import type { Tx } from '../db/tx.js';
import { Workspace } from './workspace.entity.js';

/** The workspace's own account on a platform. */
export interface SocialAccess {
  accountId: string;
  /** Its own token; without one the installation's may do, if that is for this very account. */
  accessToken?: string;
}

/** A token is sealed for its account: beside another account's id it opens nothing. */
const place = (accountId: string): string => `instagram-token:${accountId}`;

/** The workspace's own Instagram account; null without one. Call it right before the platform is called, and keep the token nowhere. */
export async function instagramAccess(tx: Tx): Promise<SocialAccess | null> {
  const { settings, sealedInstagramToken } = await tx.em.findOneOrFail(Workspace, { id: tx.workspaceId });
  const accountId = settings.instagramAccountId;
  if (!accountId) return null;
  if (!sealedInstagramToken) return { accountId };
  return { accountId, accessToken: await openJson<string>(tx, 'workspace', place(accountId), sealedInstagramToken) };
}

/** Seals a token by the workspace's data key. */
export function sealInstagramToken(tx: Tx, accountId: string, accessToken: string): Promise<Buffer> {
  return sealJson(tx, 'workspace', place(accountId), accessToken);
}
