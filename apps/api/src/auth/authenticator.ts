import { resolveLink } from '@sevenfold/core/creators';
import type { SystemDatabase } from '@sevenfold/core/system';
import { resolveApiToken } from '@sevenfold/core/team';
import { DomainError } from '@sevenfold/domain/errors';
import type { Request } from 'express';
import type { Principal } from './principal.js';
import type { RoutePolicy } from './route-policy.js';
import type { SlackCredential } from './slack-credential.js';

/** Turns the credential of a request into who it is. Looks across workspaces, because it must find out which one. */
export class Authenticator {
  constructor(
    private readonly system: SystemDatabase,
    private readonly slack: SlackCredential,
  ) {}

  /** @throws DomainError `unauthenticated` for anything but a credential that holds now, without saying what was wrong */
  async authenticate(request: Request, policy: RoutePolicy): Promise<Principal> {
    const bearer = bearerOf(request);
    const principal = this.slack.matches(bearer)
      ? await this.slack.principal(request, policy.kind === 'bot')
      : ((await this.byToken(bearer, request.id)) ?? (await this.byLink(bearer, request.id)));
    if (!principal) throw new DomainError('unauthenticated');
    return principal;
  }

  private async byToken(bearer: string, requestId: string): Promise<Principal | null> {
    const found = await resolveApiToken(this.system, bearer);
    if (!found) return null;
    const { tokenId, workspaceId, memberId, role, clientId, scopes } = found;
    const actor = { kind: 'member' as const, memberId, role, clientId, via: 'api' as const, tokenId };
    const session = { kind: 'token' as const, id: tokenId };
    return { kind: 'member', scope: { workspaceId, actor, requestId }, memberId, role, clientId, scopes, caller: `token:${tokenId}`, session };
  }

  private async byLink(bearer: string, requestId: string): Promise<Principal | null> {
    const found = await resolveLink(this.system, bearer);
    if (!found) return null;
    const { linkId, workspaceId, creatorId, purpose, refId } = found;
    const actor = { kind: 'creator' as const, creatorId, via: 'link' as const };
    return { kind: 'creator', scope: { workspaceId, actor, requestId }, creatorId, purpose, refId, caller: `link:${linkId}`, session: { kind: 'link', id: linkId } };
  }
}

function bearerOf(request: Request): string {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(request.header('authorization') ?? '') ?? [];
  if (bearer === undefined) throw new DomainError('unauthenticated', {}, 'Send Authorization: Bearer with your token');
  return bearer;
}
