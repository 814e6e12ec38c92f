import { DomainError } from '@sevenfold/domain/errors';
import type { Role } from '@sevenfold/domain/roles';
import type { Tx } from '../db/tx.js';

/**
 * A client reviewer belongs to exactly one client of the workspace, everybody else to none.
 * @throws DomainError `invalid_fields`
 */
export async function checkClientOfRole(tx: Tx, role: Role, clientId: string | null): Promise<void> {
  if (role !== 'client-reviewer') {
    if (clientId !== null) throw wrong('clientId', 'Only client reviewers belong to one client');
    return;
  }
  if (clientId === null) throw wrong('clientId', 'Say which client the reviewer belongs to');
  const [client] = await tx.em.execute<{ id: string }[]>('select id from client where id = ? and archived_at is null', [clientId]);
  if (!client) throw wrong('clientId', 'There is no such client');
}

/**
 * Somebody must always be able to do everything. Call it before an owner stops being one; two at once wait for each other.
 * @throws DomainError `conflict`
 */
export async function keepAnOwner(tx: Tx, memberId: string): Promise<void> {
  await tx.em.execute('select id from workspace where id = ? for no key update', [tx.workspaceId]);
  const others = await tx.em.execute<{ id: string }[]>(
    `select id from member where role = 'owner' and removed_at is null and id <> ? limit 1`,
    [memberId],
  );
  if (others.length === 0) throw new DomainError('conflict', { reason: 'last_owner' }, 'The last owner stays: make somebody else owner first');
}

function wrong(path: string, message: string): DomainError {
  return new DomainError('invalid_fields', { fields: [{ path, message }] });
}
