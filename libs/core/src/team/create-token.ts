import { DomainError } from '@sevenfold/domain/errors';
import { may, roles, type Role, type TokenScope } from '@sevenfold/domain/roles';
import { newToken } from '@sevenfold/platform/crypto';
import { audit } from '../audit/audit.js';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import { ApiToken } from './api-token.entity.js';
import { loadMember } from './load-member.js';
import type { TokenView } from './views.js';

export interface CreateTokenInput {
  name: string;
  scopes: TokenScope[];
  /** Whose token it is; the caller's own unless told. */
  memberId?: string | undefined;
}

/** Who asks for the token: what they have not, they cannot give. */
export interface TokenGiver {
  memberId: string;
  role: Role;
  scopes: readonly string[];
}

/**
 * Makes a token. It acts as its member, so its rights follow that member's role; its scopes narrow them further.
 * `token` is shown this once and can never be read again.
 * @throws DomainError `forbidden` for scopes the giver has not or a member above them, `not_found`
 */
export async function createToken(tx: Tx, giver: TokenGiver, input: CreateTokenInput): Promise<TokenView & { token: string }> {
  const missing = input.scopes.filter((scope) => !holds(giver.scopes, scope));
  if (missing.length > 0) throw new DomainError('forbidden', { scopes: missing }, 'Your own token has not got these scopes');
  const member = await loadMember(tx, input.memberId ?? giver.memberId);
  if (member.id !== giver.memberId) mayGiveTo(giver, member.role);
  const { id, token, secretHash } = newToken();
  const scopes = [...new Set(input.scopes)];
  tx.em.persist(tx.em.create(ApiToken, {
    id, workspaceId: tx.workspaceId, createdAt: tx.now, memberId: member.id, name: input.name, scopes, secretHash,
  }));
  audit(tx, { action: 'token.created', entity: 'token', entityId: id, data: { memberId: member.id, scopes } });
  return { id, memberId: member.id, name: input.name, scopes, createdAt: iso(tx.now), lastUsedAt: null, revokedAt: null, token };
}

const holds = (scopes: readonly string[], scope: TokenScope) => scopes.includes(scope) || (scope === 'read' && scopes.includes('write'));

function mayGiveTo(giver: TokenGiver, role: Role): void {
  const above = roles.indexOf(role) < roles.indexOf(giver.role);
  if (!may(giver.role, 'member.manage') || above) {
    throw new DomainError('forbidden', { role: giver.role }, 'You may make tokens for yourself alone, or for members not above you when you manage them');
  }
}
