import { DomainError } from '@sevenfold/domain/errors';
import type { Role } from '@sevenfold/domain/roles';
import { newId } from '@sevenfold/platform/ids';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { getMember } from './list-members.js';
import { checkClientOfRole } from './role-rules.js';
import type { MemberView } from './views.js';

export interface InviteMemberInput {
  name: string;
  /** Compared without case; one member per address. */
  email: string;
  role: Role;
  /** For client reviewers: the one client they see. */
  clientId?: string | null;
}

/**
 * Makes somebody a member. Who was removed before comes back as the same member, with the new role.
 * @throws DomainError `conflict` when the address is a member already, `invalid_fields`
 */
export async function inviteMember(tx: Tx, input: InviteMemberInput): Promise<MemberView> {
  const clientId = input.clientId ?? null;
  await checkClientOfRole(tx, input.role, clientId);
  const [row] = await tx.em.execute<{ id: string }[]>(
    `insert into member as m (id, workspace_id, created_at, name, email, role, client_id) values (?, ?, ?, ?, ?, ?, ?)
     on conflict (workspace_id, email) do update
        set name = excluded.name, role = excluded.role, client_id = excluded.client_id, removed_at = null
      where m.removed_at is not null
     returning id`,
    [newId(), tx.workspaceId, tx.now, input.name, input.email.toLowerCase(), input.role, clientId],
  );
  if (!row) throw new DomainError('conflict', { reason: 'email_taken' }, 'Somebody with this address is a member already');
  audit(tx, { action: 'member.invited', entity: 'member', entityId: row.id, data: { role: input.role, clientId } });
  return getMember(tx, row.id);
}
