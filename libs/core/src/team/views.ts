import type { Role, TokenScope } from '@sevenfold/domain/roles';
import { iso } from '../db/instants.js';

/** A member as the team sees them. Instants are ISO 8601 in UTC. */
export interface MemberView {
  id: string;
  name: string;
  email: string;
  role: Role;
  clientId: string | null;
  slack: { teamId: string; userId: string } | null;
  createdAt: string;
  removedAt: string | null;
}

export interface MemberRow {
  id: string;
  name: string;
  email: string;
  role: Role;
  client_id: string | null;
  slack_team_id: string | null;
  slack_user_id: string | null;
  created_at: string;
  removed_at: string | null;
}
export const memberColumns = 'm.id, m.name, m.email, m.role, m.client_id, m.slack_team_id, m.slack_user_id, m.created_at, m.removed_at';

export function toMemberView(row: MemberRow): MemberView {
  const { slack_team_id: teamId, slack_user_id: userId } = row;
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    clientId: row.client_id,
    slack: teamId !== null && userId !== null ? { teamId, userId } : null,
    createdAt: iso(row.created_at),
    removedAt: iso(row.removed_at),
  };
}

/** A token without its secret, which nobody can show again. */
export interface TokenView {
  id: string;
  memberId: string;
  name: string;
  scopes: TokenScope[];
  createdAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export interface TokenRow {
  id: string;
  member_id: string;
  name: string;
  scopes: TokenScope[];
  created_at: string;
  last_used_at: string | null;
  revoked_at: string | null;
}
export const tokenColumns = 't.id, t.member_id, t.name, t.scopes, t.created_at, t.last_used_at, t.revoked_at';

export function toTokenView(row: TokenRow): TokenView {
  return {
    id: row.id,
    memberId: row.member_id,
    name: row.name,
    scopes: row.scopes,
    createdAt: iso(row.created_at),
    lastUsedAt: iso(row.last_used_at),
    revokedAt: iso(row.revoked_at),
  };
}
