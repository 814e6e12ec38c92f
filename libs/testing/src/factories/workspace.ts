import { createWorkspace, type CreateWorkspaceInput } from '@sevenfold/core/workspaces';
import type { Scope, Services } from '@sevenfold/core/db';
import type { SystemDatabase } from '@sevenfold/core/system';
import type { TokenScope } from '@sevenfold/domain/roles';

export interface TestWorkspace {
  workspaceId: string;
  ownerId: string;
  /** The owner's API token. */
  token: string;
  /** The workspace as its owner. */
  scope: Scope;
}

/** A workspace on the Professional subscription with its owner and the owner's token. */
export async function aWorkspace(
  { system, services }: { system: SystemDatabase; services: Services },
  input: Partial<CreateWorkspaceInput> = {},
  scopes: TokenScope[] = ['read', 'write'],
): Promise<TestWorkspace> {
  const made = await system.transaction((em, now) =>
    createWorkspace(
      { em, now, services },
      {
        name: 'Agency',
        timeZone: 'Europe/Amsterdam',
        subscription: 'professional',
        owner: { name: 'Olga', email: 'olga@agency.test' },
        ...input,
      },
      { name: 'Tests', scopes },
    ),
  );
  const { workspaceId, ownerId, token } = made;
  return {
    workspaceId,
    ownerId,
    token,
    scope: { workspaceId, actor: { kind: 'member', memberId: ownerId, role: 'owner', via: 'api' } },
  };
}
