import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@sevenfold/platform/ids';
import type { Services } from '../db/tx.js';
import type { SystemDatabase } from '../system/system-database.js';
import { createWorkspace, tokenOf, type CreateWorkspaceInput } from './create-workspace.js';

export interface FirstWorkspace {
  workspaceId: string;
  /** The first admin token: the configured one, or a fresh one when the workspace was made just now; else null. */
  token: string | null;
  created: boolean;
}

const bootstrapName = 'Bootstrap token';
const first: CreateWorkspaceInput = {
  name: 'First workspace',
  timeZone: 'Europe/Amsterdam',
  subscription: 'professional',
  owner: { name: 'Owner', email: 'owner@localhost' },
};

/**
 * Makes sure there is a workspace, and that the configured bootstrap token opens the first one as its owner, with the
 * scope to make more. Another configured token takes the place of the one before; a revoked one stays revoked.
 * Several processes may call it at once.
 * @param bootstrapToken SEVENFOLD_BOOTSTRAP_TOKEN
 */
export async function ensureFirstWorkspace(
  system: SystemDatabase,
  services: Services,
  bootstrapToken?: string,
  input: CreateWorkspaceInput = first,
): Promise<FirstWorkspace> {
  return system.transaction(async (em, now) => {
    await em.execute('select pg_advisory_xact_lock(7001)');
    const [oldest] = await em.execute<{ id: string }[]>('select id from workspace order by created_at, id limit 1');
    if (!oldest) {
      const token = { name: bootstrapName, scopes: ['read' as const, 'write' as const, 'operator' as const], chosen: bootstrapToken };
      const made = await createWorkspace({ em, now, services }, input, token);
      return { workspaceId: made.workspaceId, token: made.token, created: true };
    }
    if (bootstrapToken !== undefined) await useToken(em, now, oldest.id, bootstrapToken);
    return { workspaceId: oldest.id, token: bootstrapToken ?? null, created: false };
  });
}

async function useToken(em: EntityManager, now: Date, workspaceId: string, bootstrapToken: string): Promise<void> {
  const { id, secretHash } = tokenOf(bootstrapToken);
  const inserted = await em.execute<{ id: string }[]>(
    `insert into api_token (id, workspace_id, created_at, member_id, name, scopes, secret_hash)
     select ?, m.workspace_id, ?, m.id, ?, '["read", "write", "operator"]'::jsonb, ? from member m
      where m.workspace_id = ? and m.role = 'owner' and m.removed_at is null order by m.created_at, m.id limit 1
     on conflict (id) do nothing returning id`,
    [id, now, bootstrapName, secretHash, workspaceId],
  );
  if (inserted.length === 0) return;
  await em.execute('update api_token set revoked_at = ? where workspace_id = ? and name = ? and id <> ? and revoked_at is null', [
    now, workspaceId, bootstrapName, id,
  ]);
  await em.execute(
    `insert into audit_entry (id, workspace_id, created_at, actor, action, entity, entity_id, data)
     values (?, ?, ?, '{"kind": "system", "via": "setup"}'::jsonb, 'token.created', 'token', ?, '{}'::jsonb)`,
    [newId(), workspaceId, now, id],
  );
}
