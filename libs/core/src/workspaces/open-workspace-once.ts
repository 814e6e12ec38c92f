import { DomainError } from '@sevenfold/domain/errors';
import { newToken } from '@sevenfold/platform/crypto';
import { createWorkspace, type CreatedWorkspace, type CreateWorkspaceInput } from './create-workspace.js';

type Parts = Parameters<typeof createWorkspace>[0];

interface Known {
  name: string;
  timeZone: string;
  /** Null when the first owner is none any more. */
  email: string | null;
  ownerId: string | null;
  tokenId: string | null;
  clientId: string | null;
}

/**
 * Opens a workspace once for one command, however often it is repeated after its answer was lost. What it makes belongs to no
 * workspace the asker is in, so it cannot commit together with the answer; the id of the workspace tells a repeat what is there.
 * The answer holds a token that nobody can be shown again: a repeat gets another in place of the one nobody saw.
 * @param workspaceId of the command: the same for the same request
 * @throws DomainError `idempotency_conflict` when the command was another one; `conflict` when its token is in use already
 */
export async function openWorkspaceOnce(parts: Parts, workspaceId: string, input: CreateWorkspaceInput): Promise<CreatedWorkspace> {
  // A killed process's transaction may still be ending: whoever repeats waits for it.
  await parts.em.execute('select pg_advisory_xact_lock(hashtextextended(?, 11))', [workspaceId]);
  const [known] = await parts.em.execute<Known[]>(
    `select w.name, w.time_zone as "timeZone", m.email, m.id as "ownerId", t.id as "tokenId", c.id as "clientId"
       from workspace w left join member m on m.workspace_id = w.id and m.role = 'owner' and m.created_at = w.created_at
       left join api_token t on t.member_id = m.id and t.created_at = w.created_at and t.last_used_at is null and t.revoked_at is null
       left join client c on c.workspace_id = w.id and c.created_at = w.created_at
      where w.id = ?`,
    [workspaceId],
  );
  if (!known) return createWorkspace(parts, input, undefined, workspaceId);
  const same = known.name === input.name && known.timeZone === input.timeZone && (known.email ?? '') === input.owner.email.toLowerCase();
  if (!same) throw new DomainError('idempotency_conflict');
  if (known.tokenId === null || known.ownerId === null) throw new DomainError('conflict', { workspaceId }, 'This workspace is open already, and its token in use');
  const { id, token, secretHash } = newToken();
  await parts.em.execute('update api_token set id = ?, secret_hash = ? where id = ?', [id, secretHash, known.tokenId]);
  return { workspaceId, ownerId: known.ownerId, clientId: known.clientId, token };
}
