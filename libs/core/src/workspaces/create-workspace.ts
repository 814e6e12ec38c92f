import type { EntityManager } from '@mikro-orm/postgresql';
import type { TokenScope } from '@sevenfold/domain/roles';
import { hashSecret, newToken, readToken } from '@sevenfold/platform/crypto';
import { newId } from '@sevenfold/platform/ids';
import { audit } from '../audit/audit.js';
import type { Services, Tx } from '../db/tx.js';
import { ApiToken } from '../team/api-token.entity.js';
import { Member } from '../team/member.entity.js';
import { Client } from './client.entity.js';
import type { Subscription } from './views.js';
import { Workspace } from './workspace.entity.js';

export interface CreateWorkspaceInput {
  name: string;
  timeZone: string;
  locale?: string | undefined;
  currency?: string | undefined;
  subscription?: Subscription | undefined;
  /** The first owner. */
  owner: { name: string; email: string };
  /** A brand team: the workspace's only client is itself. */
  brandTeam?: boolean | undefined;
}

/** What the first owner's token is like. */
export interface FirstToken {
  name: string;
  scopes: TokenScope[];
  /** A token chosen by the operator instead of a fresh one. */
  chosen?: string | undefined;
}

export interface CreatedWorkspace {
  workspaceId: string;
  ownerId: string;
  clientId: string | null;
  /** Shown this once. */
  token: string;
}

/**
 * Opens a workspace with its first owner and that owner's token, in a transaction of the system role: inside, there is
 * nobody yet who could.
 */
export async function createWorkspace(
  { em, now, services, requestId }: { em: EntityManager; now: Date; services: Services; requestId?: string },
  input: CreateWorkspaceInput,
  firstToken: FirstToken = { name: 'First token', scopes: ['read', 'write'] },
  workspaceId: string = newId(),
): Promise<CreatedWorkspace> {
  const ownerId = newId();
  const row = { workspaceId, createdAt: now };
  em.persist(em.create(Workspace, {
    id: workspaceId, createdAt: now, name: input.name, timeZone: input.timeZone, locale: input.locale ?? 'en',
    currency: input.currency ?? 'EUR', subscription: input.subscription ?? 'basic', settings: {},
  }));
  em.persist(em.create(Member, { ...row, id: ownerId, name: input.owner.name, email: input.owner.email.toLowerCase(), role: 'owner' }));
  const clientId = input.brandTeam ? newId() : null;
  if (clientId !== null) em.persist(em.create(Client, { ...row, id: clientId, name: input.name }));
  const made = firstToken.chosen === undefined ? newToken() : tokenOf(firstToken.chosen);
  em.persist(em.create(ApiToken, {
    ...row, id: made.id, memberId: ownerId, name: firstToken.name, scopes: firstToken.scopes, secretHash: made.secretHash,
  }));
  const tx: Tx = { workspaceId, actor: { kind: 'system', via: 'setup' }, em, now, services, requestId };
  audit(tx, { action: 'workspace.created', entity: 'workspace', entityId: workspaceId, data: { subscription: input.subscription ?? 'basic' } });
  await em.flush();
  return { workspaceId, ownerId, clientId, token: made.token };
}

/** The row of a token whose text somebody chose. @throws RangeError when it is too short or too long to be one */
export function tokenOf(chosen: string): { id: string; token: string; secretHash: string } {
  const read = readToken(chosen);
  if (!read) throw new RangeError('The chosen token is too short or too long');
  return { id: read.id, token: chosen, secretHash: hashSecret(read.secret) };
}
