import { createCreator, mintLink, type CreateCreatorInput, type CreatorView, type LinkPurpose } from '@sevenfold/core/creators';
import type { Database, Scope } from '@sevenfold/core/db';
import { createToken, inviteMember } from '@sevenfold/core/team';
import { createClient } from '@sevenfold/core/workspaces';
import type { Role, TokenScope } from '@sevenfold/domain/roles';
import { newId } from '@sevenfold/platform/ids';

interface Place {
  db: Database;
  scope: Scope;
}

export interface TestMember {
  memberId: string;
  role: Role;
  clientId: string | null;
  /** Their API token. */
  token: string;
  /** The workspace as this member. */
  scope: Scope;
}

/** A member with this role and a token. Client reviewers need `clientId`. */
export async function aMember(
  { db, scope }: Place,
  role: Role,
  { clientId = null, scopes = ['read', 'write'] }: { clientId?: string | null; scopes?: TokenScope[] } = {},
): Promise<TestMember> {
  const { workspaceId } = scope;
  return db.inWorkspace(scope, async (tx) => {
    const member = await inviteMember(tx, { name: `The ${role}`, email: `${newId()}@agency.test`, role, clientId });
    await tx.em.flush();
    const giver = { memberId: member.id, role, scopes: [...scopes] };
    const { token } = await createToken(tx, giver, { name: 'Tests', scopes });
    const actor = { kind: 'member' as const, memberId: member.id, role, clientId, via: 'api' as const };
    return { memberId: member.id, role, clientId, token, scope: { workspaceId, actor } };
  });
}

/** A client; its name is unique. */
export async function aClient({ db, scope }: Place, name = `Brand ${newId()}`): Promise<{ clientId: string; name: string }> {
  const { id } = await db.inWorkspace(scope, (tx) => createClient(tx, { name }));
  return { clientId: id, name };
}

/** A creator with a mail address, opted in to nothing. */
export function aCreator({ db, scope }: Place, input: Partial<CreateCreatorInput> = {}): Promise<CreatorView> {
  const contactPoints = [{ channel: 'email', address: `${newId()}@creators.test` }];
  return db.inWorkspace(scope, (tx) => createCreator(tx, { name: 'Mia', contactPoints, ...input }));
}

/** The token of a personal link, for `/v1/creator/…`. */
export async function aLink(
  { db, scope }: Place,
  creatorId: string,
  purpose: LinkPurpose = 'creator',
  refId: string | null = null,
): Promise<string> {
  const { token } = await db.inWorkspace(scope, (tx) => mintLink(tx, { creatorId, purpose, refId }));
  return token;
}
